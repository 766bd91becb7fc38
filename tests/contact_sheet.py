"""The contact sheet of maps, docs/maps.png: `python -m tests.contact_sheet` takes every view and puts them on one page.

Views are of the seed and of an invented plan of two hundred tasks (`tests/support/large_plan.py`).
"""

from __future__ import annotations

import base64
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

from tests.support.browser import HOW, a_browser, chromium, served
from tests.support.large_plan import large_plan
from tests.support.web_library import SEED, library_of, settings_for
from web.site.app import create_app

_SHEET = Path(__file__).parent.parent / "docs" / "maps.png"
_PAGE = """<!doctype html><meta charset="utf-8"><style>
body { margin: 8px; background: #e8e5de; font: 13px system-ui, sans-serif; }
body { display: flex; flex-wrap: wrap; gap: 10px; width: 1580px; }
figure { margin: 0; background: #fff; padding: 5px; }
img { display: block; height: 318px; }
</style>"""


class Shot(NamedTuple):
    """A view: what the sheet says of it, its address on the site, width, colours, and what is clicked first."""

    words: str
    address: str
    width: int = 1440
    scheme: str = "light"
    click: str = ""


def shots(seed: str, large: str, unit: str) -> tuple[Shot, ...]:
    """The views of the sheet, by ids of the seed, of the large plan and of a unit of it."""
    plan = f"/plans/{large}"
    return (
        Shot("文件的责任矩阵：202 项任务 × 53 个单位，全貌在角上", plan),
        Shot("点一格：那一句话，单位的写法标出", f"{plan}?m-all=1", click="#grid .m.lead >> nth=1"),
        Shot("点一个合计：它数的每一项", plan, click="#grid .agg >> nth=3"),
        Shot("列按层级排，泛指在最后", f"/plans/{seed}?m-order=level"),
        Shot("没写牵头的任务，也是一张矩阵", "/tasks?lacks=lead&m-view=matrix"),
        Shot("一个单位与谁共事：它的列在最前", f"/units/{unit}?m-view=matrix"),
        Shot("单位的责任图：左边它要做的，右边和谁、依据什么、何时", f"/units/{unit}"),
        Shot("点一个共事的单位：别的暗下去，合计变成几分之几", f"/units/{unit}", click=".wings .box.unit a >> nth=0"),
        Shot("时间：单位 × 月份，只写年份的另列", f"/plans/{large}?m-view=time"),
        Shot("协作：谁和谁共同承担，分组成框", f"/plans/{large}?m-view=with"),
        Shot("手机上的责任图", f"/units/{unit}", 390),
        Shot("深色", f"{plan}?m-all=1", scheme="dark", click="#grid .m.lead >> nth=1"),
        Shot("长者模式", f"{plan}?type=large"),
        Shot("手机：同一张表变成清单", plan, 390),
        Shot("手机，长者模式", f"{plan}?type=large", 390),
        Shot("SVG", f"{plan}/map.svg"),
        Shot("责任图的 SVG", f"/units/{unit}/map.svg"),
    )


def main() -> int:
    """Writes the sheet; 1 without a browser."""
    if chromium() is None:
        print(HOW, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.txt"
        file.write_text(large_plan(), encoding="utf-8")
        library = library_of(Path(folder) / "library", [SEED, file])
        large, seed = sorted(library.store.plans(), key=lambda row: -row.tasks)[:2]
        unit = library.store.units(large.id)[0].id
        with served(create_app(settings_for(folder), library)) as site, a_browser() as browser:
            taken = [(each.words, _taken(browser, site, each)) for each in shots(seed.id, large.id, unit)]
            _put_together(browser, taken)
        library.close()
    print(_SHEET)
    return 0


def _taken(browser: Browser, site: str, shot: Shot) -> bytes:
    context = browser.new_context(viewport={"width": shot.width, "height": 900}, color_scheme=shot.scheme)  # type: ignore[arg-type]
    page = context.new_page()
    if shot.address.endswith(".svg"):
        page.set_content(page.request.get(f"{site}{shot.address}").text())
    else:
        page.goto(f"{site}{shot.address}")
    if shot.click:
        page.locator(shot.click).click()
        page.locator("#strip:not([hidden])").wait_for()
    page.wait_for_timeout(300)
    picture = page.screenshot()
    context.close()
    return picture


def _put_together(browser: Browser, taken: list[tuple[str, bytes]]) -> None:
    figures = []
    for words, picture in taken:
        address = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
        figures.append(f'<figure><img src="{address}"><figcaption>{escape(words)}</figcaption></figure>')
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    page.set_content(_PAGE + "".join(figures))
    page.screenshot(path=_SHEET, full_page=True)
    page.close()


if __name__ == "__main__":
    raise SystemExit(main())
