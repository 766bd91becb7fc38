"""Markdown's marks → blanks (标记文本): `**责任单位：** 县人社局`, `- 清理河道`, `[附件](a.docx)`.

A mark says how words look and is none of them. A blank stands in its place, so that every word stays where it is in the
file. Tables with bars are read in `ingest.readers.pasted`, headings (`## 主要任务`) in `ingest.language.clean`.
"""

from __future__ import annotations

import re

_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]{1,8}(?=\S)", re.MULTILINE)
_BOLD = re.compile(r"(\*{2,3}|__)(?=\S)([^*_\n]{1,400})\1")
_MARKS = re.compile(
    r"^[ \t]{0,40}(?:[-*+][ \t]{1,40}(?:\[[ xX]\][ \t])?|>[ \t]{0,8}|```[^\n]{0,40}$|(?:[-*_][ \t]{0,4}){3,99}$){1,9}"
    r"|[ \t]{1,8}#{1,6}[ \t]{0,8}$|\\(?=[.#*_()\[\]\-+!|>])|<br[ \t]{0,4}/?>|<!--[^\n]{0,400}?-->|`",
    re.MULTILINE | re.IGNORECASE,
)
_LINK = re.compile(r"!?\[(?P<said>[^\[\]\n]{0,200})\]\((?P<to>[^()\s]{1,400})\)")
_FEWEST_BOLD = 2


def without_marks(text: str) -> str:
    """The text with blanks for marks, of the same length; a text that is no Markdown stays as it is."""
    marked = "**" in text or "__" in text
    if not (_HEADING.search(text) or (marked and len(_BOLD.findall(text)) >= _FEWEST_BOLD)):
        return text
    text = _LINK.sub(_said_of_link, text)
    text = _MARKS.sub(lambda found: " " * len(found[0]), text)
    return _BOLD.sub(lambda found: " " * len(found[1]) + found[2] + " " * len(found[1]), text)


def _said_of_link(link: re.Match[str]) -> str:
    low, high = link.start("said") - link.start(), link.end("said") - link.start()
    return " " * low + link["said"] + " " * (len(link[0]) - high)
