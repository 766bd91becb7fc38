"""Plans full of markup, scripts, addresses, direction marks and control characters in a real browser (恶意文件).

Harm is a dialog, a script that ran, an error of the policy on the console, a request to anywhere else, an element or a
handler that the plan brought in, or a link to anywhere but our own pages.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Dialog, Error, Page

from ingest.model import Plan, Source
from tests.attack.rows import Row
from tests.support.browser import Watch, a_browser, chromium, served
from tests.support.factories import a_milestone, a_plan, a_section, a_task
from tests.support.web_library import library_of, settings_for
from web.library import Library
from web.site.app import create_app

PAYLOADS = {
    "script": "<script>window.harmed=1;alert(1)</script>",
    "image": "<img src=x onerror='window.harmed=1;alert(1)'>",
    "svg": "<svg/onload=alert(1)><use href=data:image/svg+xml,x>",
    "attribute": "\"' onmouseover=alert(1) autofocus onfocus=alert(1) style=position:fixed x=\"'",
    "closing": "</a></p></title></textarea></script><script>window.harmed=1</script><base href=//evil.example>",
    "address": "javascript:alert(1) data:text/html,<script>alert(1)</script> //evil.example/x http://evil.example/?x",
    "template": "{{7*7}} {% include 'x' %} ${7*7} #{7*7} <%= 7*7 %> {{config}}",
    "css": "</style><style>@import url(http://evil.example/x);*{background:url(//evil.example)}</style>",
    "frame": "<iframe srcdoc='<script>parent.harmed=1</script>'></iframe><object data=//evil.example></object>",
    "form": "<form action=http://evil.example><button popovertarget=x formaction=//evil.example>a</button></form>",
    "direction": "\u202e\u2066反\u2069\u200f\u202d左\u2067",
    "control": "\x00\x01\x07\x08\x1b[31m\x1b]0;x\x07\x7f\x85\x9b31m\u2028\u2029\ufeff\ufffe",
    "json": '"]}</script>\\u003cscript\\u003e__proto__ constructor',
    "entity": "&lt;script&gt;alert(1)&lt;/script&gt;&#60;img src=x onerror=alert(1)&#62;",
    "long": "长" * 3000 + "w" * 3000,
    "marks": "e" + "\u0301" * 300 + "\U000e0041\U0001f468\u200d\U0001f469",
}
_LOOK = """() => {
  const all = [...document.querySelectorAll('*')];
  const leads = ['href', 'src', 'action', 'formaction'];
  const named = (e, test) => [...e.attributes].some((each) => test(each.name));
  const ours = 'form[role=search],form.range';
  return {
    'script ran': window.harmed === 1 ? 1 : 0,
    'handler': all.filter((e) => named(e, (name) => name.startsWith('on') || name === 'srcdoc')).length,
    'style': all.filter((e) => named(e, (name) => name === 'style') && !e.closest('#map')).length,
    'element': all.filter((e) => e.matches('iframe,object,embed,base,style,img,script:not([src])')).length
      + all.filter((e) => e.matches('form') && !e.matches(ours)).length,
    'link elsewhere': all.filter((e) => leads.some((name) => e.hasAttribute(name)
      && new URL(e.getAttribute(name), location).origin !== location.origin)).length,
  };
}"""


def a_hostile_plan(said: str, nth: int) -> tuple[Source, Plan]:
    """A plan that says the same hostile words in every field."""
    return a_plan(
        a_section(
            f"标题{said}",
            a_task(
                f"任务{said}", lead=[f"教育局{said}"], support=[f"商务局（{said}）"], people=[f"张三{said[:60]}"],
                by={f"12月底前{said}": "2021-12-31"}, every={f"每月{said}": "month"},
                cites=[(f"办法{said}", f"示办〔2021〕{nth}号{said}"), f"法〈{said}〉"],
                targets={f"达到95%{said}": (f"率{said}", 95.0, f"%{said}")},
            ),
            a_task(f"又{said}", responsible=[f"卫生局{said}", "民政局"], open=[f"适时{said}"]),
            a_task(f"无{said}"),
            a_milestone(f"进度{said}", by={f"11月底前{said}": "2021-11-30"}, about=0),
        ),
        title=f"要点{said}", issuer=f"委员会{said}", region=f"区{said}", number=f"示办〔2021〕9{nth}号",
        name=f"{said[:60]}.txt",
    )  # fmt: skip


def hostile_plans(seconds: float) -> Iterator[Row]:
    """One library with every hostile plan; opens its common pages, then one kind of page after the other."""
    if chromium() is None:
        yield Row("hostile plans in a browser", 0, 0, "no browser here: not tried")
        return
    end = time.monotonic() + seconds
    pairs = [a_hostile_plan(said, nth) for nth, said in enumerate(PAYLOADS.values(), 1)]
    with tempfile.TemporaryDirectory() as folder, a_browser() as browser:
        library = library_of(Path(folder), files=(), pairs=pairs)
        try:
            with served(create_app(settings_for(folder), library)) as origin:
                kinds = _addresses(library)
                for nth, (kind, addresses) in enumerate(kinds.items()):
                    share = (end - time.monotonic()) / (len(kinds) - nth)
                    opened = [origin + address for address in addresses]
                    yield _visited(browser, kind, opened, time.monotonic() + share)
        finally:
            library.close()


def _addresses(library: Library) -> dict[str, list[str]]:
    """Pages about each plan by their kind, what all plans share first, then searches for the hostile words."""
    store = library.store
    found: dict[str, list[str]] = {
        "shared": ["/", "/units", "/due?from=2021-01-01&to=2021-12-31", "/gaps", "/doubts", "/search?q=任务",
                   "/search?q=教育局牵头哪些任务", "/search?q=12月底前要完成什么", "/search"],
    }  # fmt: skip
    for row in store.plans():
        facts = library.facts(row.id)
        task = next(iter(facts.tasks.values()))
        unit, document = task.units[0], task.citations[0].document_id
        for kind, path in {
            "task": f"/tasks/{task.id}", "plan": f"/plans/{row.id}", "unit": f"/units/{unit.unit_id}",
            "document": f"/documents/{document}", "reader": f"/plans/{row.id}/text?fact={unit.fact_id}",
            "map": f"/plans/{row.id}?m-all=1",
        }.items():  # fmt: skip
            found.setdefault(kind, []).append(path)
    asked = [_quoted(said) for said in PAYLOADS.values()]
    found["asked for"] = [f"/{path}{each}" for each in asked for path in ("search?q=", "units/")]
    return found


def _quoted(said: str) -> str:
    return "".join(f"%{byte:02x}" for byte in said[:200].encode())


def _visited(browser: Browser, kind: str, addresses: list[str], end: float) -> Row:
    """Opens addresses until the time is over, and says what harm they did."""
    context = browser.new_context()
    page, watch, harms, opened = context.new_page(), Watch(), list[str](), 0
    watch.over(page)

    def dismiss(dialog: Dialog) -> None:
        harms.append(f"dialog at {page.url[-40:]}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    for address in addresses:
        if time.monotonic() < end:
            opened += 1
            harms += [f"{harm} at {address[-40:]}" for harm in _look_at(page, address)]
    # That a page was refused (400, 404) is the browser's own word, and no harm.
    harms += [error for error in watch.errors if "Failed to load resource" not in error] + watch.elsewhere
    context.close()
    left = f"{len(addresses) - opened} not opened: no time left" if opened < len(addresses) else ""
    return Row(f"hostile plans in a browser: {kind} pages", opened, len(harms), "; ".join(harms[:2])[:160] or left)


def _look_at(page: Page, address: str) -> Iterator[str]:
    try:
        page.goto(address, wait_until="load", timeout=15_000)
        for element in page.query_selector_all("main a, main button")[:4]:
            element.dispatch_event("mouseover")
        page.keyboard.press("Tab")
        seen = page.evaluate(_LOOK)
    except Error as error:
        yield f"not opened ({str(error)[:60]})"
        return
    yield from (name for name, count in seen.items() if count)
