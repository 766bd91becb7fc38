"""Makes the samples from the two .txt, by the programs that offices use; run by hand: see README.md.

python -m tests.samples.make FOLDER, where LibreOffice, Chromium and fonts with Chinese are installed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

from tests.support.browser import chromium

HERE = Path(__file__).parent
_STYLE = """
@page { size: A4; margin: 3.7cm 2.6cm 3.5cm 2.8cm }
body { font-family: "Noto Serif CJK SC"; font-size: 16pt; line-height: 28pt }
p { margin: 0; text-indent: 2em; text-align: justify }
.centre { text-indent: 0; text-align: center } .right { text-indent: 0; text-align: right }
table { border-collapse: collapse; font-size: 10.5pt; line-height: 16pt; width: 100% }
td { padding: 3px }
"""
_CENTRE = ("文件", "号", "方案", "通知", "分解表")


def page(text: str) -> str:
    """A plan as a page: lines with TABs are one table, an empty first column continues the cell above."""
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>样本</title><style>{_STYLE}</style></head><body>{''.join(_blocks(text.splitlines()))}</body></html>"
    )


def _blocks(lines: list[str]) -> Iterator[str]:
    rows = [line.split("\t") for line in lines if "\t" in line]
    for line in lines:
        if "\t" not in line:
            yield f"<p{_place(line)}>{escape(line)}</p>"
        elif line.split("\t") == rows[0]:
            yield f"<table>{''.join(_row(rows, place) for place in range(len(rows)))}</table>"


def _place(line: str) -> str:
    if len(line) < 40 and line.endswith(_CENTRE):
        return ' class="centre"'
    return ' class="right"' if len(line) < 15 and line.endswith(("人民政府", "办公室", "日")) else ""


def _row(rows: list[list[str]], place: int) -> str:
    """A row; a cell with empty ones below is merged over them, as in 类别."""
    cells = []
    for column, text in enumerate(rows[place]):
        below = next((n for n, row in enumerate(rows[place + 1 :]) if row[column]), len(rows) - place - 1)
        if text:
            cells.append(f'<td style="border: 1px solid #000000" rowspan="{below + 1}">{escape(text)}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def _office(source: Path, target: str, folder: Path, read_as: str = "") -> Path:
    """Has LibreOffice save a file as `target`, an ending and the name of its filter."""
    flags = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    reads = [f"--infilter={read_as}"] if read_as else []
    says = ["--convert-to", target, "--outdir", str(folder), str(source)]
    subprocess.run(["soffice", *flags, *reads, *says], check=True)
    return (folder / source.name).with_suffix("." + target.partition(":")[0])


def _print(source: Path, made: Path) -> None:
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={made}"]
    subprocess.run([str(chromium()), *flags, source.as_uri()], check=True, capture_output=True)


def make(plan: str, target: Path) -> None:
    """Writes the samples of one plan."""
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        web = folder / f"{plan}.htm"
        web.write_text(page((HERE / f"{plan}.txt").read_text("utf-8")), "utf-8")
        _print(web, target / f"{plan}.chromium.pdf")
        text = _office(web, "odt:writer8", folder, "HTML (StarWriter)")
        sheet = _office(web, "ods:calc8", folder, "HTML (StarCalc)")
        for source, kinds in ((text, ["docx", "doc:MS Word 97", "pdf", "html", "rtf"]), (sheet, ["xlsx", "xls"])):
            for kind in kinds:
                made = _office(source, kind, folder)
                made.rename(target / f"{plan}.libreoffice{made.suffix}")


if __name__ == "__main__":
    for each in ("brackets", "table"):
        make(each, Path(sys.argv[1]))
