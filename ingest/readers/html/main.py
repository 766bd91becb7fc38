"""Which part of a web page is the document (正文): the prose, without the site around it. Pure functions."""

from __future__ import annotations

import re

from ingest.readers.html.page import WebPage

# The document's element is the innermost that holds this share of the page's prose.
_SHARE = 0.9

# No element that holds more than this share of it is taken for furniture, whatever it is called.
_TOO_MUCH = 0.3

# What sites of the State Council, provinces and cities call the element that holds a document.
_KNOWN = re.compile(
    r"(?:^|\s)(?:UCAP-CONTENT|zoom|Zoom|pages_content|TRS_Editor|TRS_UEDITOR|view\s*TRS_UEDITOR|trs_editor_view|"
    r"article-content|article_content|articleContent|news_content|content_body|contentText|zwgk_content)(?:\s|$)"
)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|submenu|footer|foot|bottom|share|bdshare|bshare|fenxiang|comments?|pinglun|"
    r"breadcrumbs?|crumbs?|mbx|location|position|dqwz|weizhi|sidebar|toolbar|tools?|qrcode|qr|ewm|erweima|sys|"
    r"printer?|dayin|related|relate|xgxw|xgwj|copyright|banner|search|login|pager|pagination|prevnext|fontsize|zihao|"
    r"social|weixin|weibo|wza|friendlink|links)(?:$|[\s_\d-])",
    re.I,
)


def furniture(page: WebPage) -> frozenset[int]:
    """Where the elements begin that a site puts around every document: menus, share bars, codes, comments."""
    whole = page.weight(0, len(page.elements)) or 1
    return frozenset(
        index
        for index, element in enumerate(page.elements)
        if element.marks
        and _FURNITURE.search(element.marks)
        and not _KNOWN.search(element.marks)
        and page.weight(index, page.ends[index]) <= _TOO_MUCH * whole
    )


def main_part(page: WebPage, left_out: frozenset[int]) -> tuple[int, int]:
    """Start and end of the element that is the document: one of a known name, else the innermost with nearly all prose.

    A known name counts where the element holds half of the prose.
    """
    size = len(page.elements)
    weights = _without(page, left_out)
    whole = weights[size]
    if not whole:
        return 0, size
    best = (0, size)
    for index, element in enumerate(page.elements):
        end = page.ends[index]
        weight = weights[end] - weights[index]
        if element.marks and _KNOWN.search(element.marks) and weight >= 0.5 * whole:
            return index, end
        inner = best[0] <= index and end <= best[1]
        if inner and weight >= _SHARE * whole and element.tag and element.tag not in _PARTS:
            best = (index, end)
    return best


# Elements that are part of a document, never all of it.
_PARTS = frozenset(
    (
        "p",
        "span",
        "font",
        "b",
        "strong",
        "tr",
        "tbody",
        "thead",
        "a",
        "li",
        "h1",
        "h2",
        "h3",
    )
)


def _without(page: WebPage, left_out: frozenset[int]) -> list[int]:
    """The running weight of prose, with nothing for what is left out."""
    weights = [0]
    hidden = 0
    for index in range(len(page.elements)):
        if index in left_out:
            hidden = max(hidden, page.ends[index])
        own = page.weights[index + 1] - page.weights[index]
        weights.append(weights[-1] + (own if index >= hidden else 0))
    return weights


def heading(page: WebPage, start: int) -> str:
    """The document's title where it stands before the element that holds the document, "" where there is none."""
    for index in range(start - 1, -1, -1):
        element = page.elements[index]
        if element.tag == "h1" or (element.marks and _TITLE.search(element.marks)):
            text = " ".join(page.text(index, min(page.ends[index], start)).split())
            if 6 <= len(text) <= 200 and page.ends[index] <= start:
                return text
    return ""


_TITLE = re.compile(r"(?:^|[\s_-])(?:(?:article|news|content)?[_-]?title|biaoti|wztit)(?:$|[\s_\d-])", re.I)
