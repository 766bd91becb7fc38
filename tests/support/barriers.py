"""What of a page hinders anyone, as axe-core judges it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_SOURCE = Axe().axe_script
_JUDGED = """async ([where, rules]) => {
  const chosen = { resultTypes: ['violations'], ...(rules.length ? { runOnly: rules } : {}) };
  const { violations } = await axe.run(where || document, chosen);
  const inMap = (node) => document.querySelector(node.target[0])?.closest('#view');
  return violations
    .filter(({ impact, nodes }) => impact !== 'minor' && (impact !== 'moderate' || nodes.some(inMap)))
    .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
}"""


def barriers(page: Page, where: str = "", rules: tuple[str, ...] = ()) -> list[str]:
    """Rules (all, or some) that a page or what stands `where` breaks seriously or, inside a map, more than a little:
    each with an element that does. The page's policy must be bypassed."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SOURCE)
    return list(page.evaluate(_JUDGED, [where, [*rules]]))
