"""An office's own file of units (本单位的单位名称表): a name that plans use is added to the unit that it means."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from ingest.files.whole import whole_file

_COLUMNS = ("name", "names")


def accept(path: Path, written: str, canonical: str) -> None:
    """Says in the file that `written` is a way to write `canonical`; what stands in it stays as it is.

    The file is made where there is none, and is replaced as a whole: it is never half written. Raises `CannotWrite`.
    """
    columns, rows = _read(path)
    row = next((row for row in rows if row["name"] == canonical), None)
    if row is None:
        row = dict.fromkeys(columns, "") | {"name": canonical}
        rows.append(row)
    names = [name for name in row["names"].split("|") if name]
    if written not in (canonical, *names):
        row["names"] = "|".join([*names, written])
    said = io.StringIO()
    writer = csv.DictWriter(said, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    # Excel reads UTF-8 only where a mark says so.
    with whole_file(path) as file:
        file.write(b"\xef\xbb\xbf" + said.getvalue().encode())


def _read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    if not path.exists():
        return list(_COLUMNS), []
    reader = csv.DictReader(path.read_text("utf-8-sig").splitlines())
    columns = list(dict.fromkeys([*(reader.fieldnames or ()), *_COLUMNS]))
    return columns, [{column: row.get(column) or "" for column in columns} for row in reader]
