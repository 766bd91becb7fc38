"""What the linter prints (检查结果): for people, for programs, for GitHub, and as SARIF 2.1.0.

SARIF is OASIS' Static Analysis Results Interchange Format; GitHub's lines are its workflow commands.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from web.check.lint import Report, ShownDoubt, Spot, one_line
from web.words import phrases as words
from web.words import wording
from web.words.wording import Translate, say, share_said

Format = Literal["text", "json", "github", "sarif"]
_Json = dict[str, Any]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report, form: Format, unread: bool, translate: Translate) -> str:
    """The report in a format, with a line break at its end; the ledger of unread text where `unread` asks for it."""
    if form == "text":
        lines = _text(report, unread, translate)
    elif form == "github":
        lines = _github(report, unread, translate)
    else:
        made = _json(report, unread) if form == "json" else _sarif(report, translate)
        lines = iter([json.dumps(made, ensure_ascii=False, indent=1)])
    return "".join(f"{line}\n" for line in lines)


def _coverage(report: Report, translate: Translate) -> str:
    counts = {"read": share_said(report.consumed, report.total), "unread": report.total - report.consumed}
    return say(wording.DONE, "checked", {**counts, "files": report.files, "doubts": len(report.findings)}, translate)


def _place(spot: Spot, _: Translate) -> str:
    """第 7 页 表 2 第 5 行; "" where the file has neither pages nor tables there."""
    place, parts = spot.place, []
    if place.sheet:
        parts.append(_("工作表“%(sheet)s”") % {"sheet": one_line(place.sheet)})
    if place.page:
        parts.append(_("第 %(page)s 页") % {"page": place.page})
    if place.table:
        parts.append(_("表 %(table)s 第 %(row)s 行") % {"table": place.table, "row": place.row})
    return " ".join(parts)


def _text(report: Report, unread: bool, translate: Translate) -> Iterator[str]:
    for finding in report.findings:
        yield f"{_where(finding.spot, translate)}: {finding.code} {finding.message}"
        yield f"    {finding.remedy}"
    if unread:
        yield from (f"{_where(each.spot, translate)}: {each.text}" for each in report.unread)
    yield _coverage(report, translate)


def _where(spot: Spot, translate: Translate) -> str:
    place = "" if spot.is_text else _place(spot, translate)
    return f"{one_line(spot.file)}:{place or spot.line}"


def _github(report: Report, unread: bool, translate: Translate) -> Iterator[str]:
    for refused in report.refused:
        yield _command("error", refused.message, file=refused.file, title=refused.code)
    for finding in report.findings:
        place = _place(finding.spot, translate)
        message = " ".join(part for part in (place and f"[{place}]", finding.message, finding.remedy) if part)
        spot = finding.spot
        yield _command("warning", message, file=spot.file, line=str(spot.line), title=finding.code)
    for each in report.unread if unread else ():
        yield _command("notice", each.text, file=each.spot.file, line=str(each.spot.line), title="unread")
    yield _command("notice", _coverage(report, translate))


def _command(level: str, message: str, **properties: str) -> str:
    """A workflow command: what would end a property or a message is written as a percent code."""
    listed = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items())
    return f"::{level}{f' {listed}' if listed else ''}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _json(report: Report, unread: bool) -> _Json:
    made: _Json = {
        "doubts": [
            {**_spot(f.spot), "code": f.code, "params": f.params, "message": f.message, "remedy": f.remedy}
            for f in report.findings
        ],
        "refused": [{"file": r.file, "code": r.code, "message": r.message} for r in report.refused],
        "files": report.files,
        "coverage": {"consumed": report.consumed, "total": report.total, "unread": report.total - report.consumed},
    }
    if unread:
        made["unread"] = [{**_spot(each.spot), "text": each.text} for each in report.unread]
    return made


def _spot(spot: Spot) -> _Json:
    place = spot.place
    return {
        "file": spot.file,
        "line": spot.line,
        "page": place.page,
        "table": place.table,
        "row": place.row,
        "sheet": place.sheet or None,
        "start": spot.span.start,
        "end": spot.span.end,
    }


def _sarif(report: Report, translate: Translate) -> _Json:
    codes = {code: nth for nth, code in enumerate(wording.DOUBTS)}
    notifications = [
        {"level": "error", "message": {"text": r.message}, "locations": [{"physicalLocation": _file(r.file)}]}
        for r in report.refused
    ]
    run = {
        "tool": {"driver": {"name": "Zeren", "rules": [_rule(code, translate) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not report.refused, "toolExecutionNotifications": notifications}],
        "results": [_result(finding, codes, translate) for finding in report.findings],
        "properties": {"consumed": report.consumed, "total": report.total},
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, translate: Translate) -> _Json:
    return {
        "id": code,
        "shortDescription": {"text": words.word(words.DOUBT_NAMES, code, translate)},
        "help": {"text": words.doubt_remedy(code, translate)},
        "defaultConfiguration": {"level": "warning"},
    }


def _result(finding: ShownDoubt, codes: Mapping[str, int], translate: Translate) -> _Json:
    spot = finding.spot
    location: _Json = {"physicalLocation": _file(spot.file)}
    if spot.is_text:
        location["physicalLocation"]["region"] = {"startLine": spot.line}
    if place := _place(spot, translate):
        location["logicalLocations"] = [{"name": place}]
    return {
        "ruleId": finding.code,
        "ruleIndex": codes[finding.code],
        "level": "warning",
        "message": {"text": finding.message},
        "locations": [location],
    }


def _file(file: str) -> _Json:
    path = Path(file)
    return {"artifactLocation": {"uri": path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))}}
