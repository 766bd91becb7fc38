"""Rules about the most and the least (名次): of units, months and documents, and of tasks themselves."""

from __future__ import annotations

from graph.query import Has
from search.questions.parsing import Parsing, Pick

_EACH_TASK = ("哪条", "哪项", "哪一项", "哪一条", "哪几项", "哪几条", "哪个任务")
_MOST_OF: dict[str, Pick] = {
    "单位": "most-units", "部门": "most-units", "指标": "most-targets", "目标": "most-targets",
    "文件": "most-documents", "依据": "most-documents", "时限": "most-deadlines", "节点": "most-deadlines",
}  # fmt: skip
"""What tasks may have most of, by how what is said before 最多 ends."""


def ranks(parsing: Parsing) -> None:
    """牵头任务最多的单位; 哪个月到期的任务最多; 哪些单位只有一项任务; 哪条任务涉及单位最多; 任务数排第二的单位"""
    for at in parsing.of("most"):
        parsing.used.add(at)
        if _is_of_tasks(parsing, at):
            _of_tasks(parsing, at)
            continue
        parsing.order = "most" if parsing.tokens[at].value == "most" else "least"
        _listed(parsing)
    for at in parsing.of("nth"):
        parsing.used.add(at)
        nth = int(parsing.tokens[at].value.lstrip("-"))
        parsing.part = (0, nth) if parsing.tokens[at].value.startswith("-") else (nth - 1, nth)
        parsing.order = "most"
        _listed(parsing)
    for at in parsing.of("first"):
        parsing.used.add(at)
        parsing.pick = parsing.tokens[at].value  # type: ignore[assignment]
        parsing.where.append(Has("deadline"))
    _only(parsing)
    for at in parsing.of("per"):
        parsing.used.add(at)
        parsing.select, parsing.order = parsing.tokens[at].value, "most"  # type: ignore[assignment]


def _listed(parsing: Parsing) -> None:
    """哪个月, 哪份文件 is what is listed; units where nothing is said."""
    asked = [parsing.tokens[at].value for at in parsing.of("what") if parsing.tokens[at].value != "task"]
    if parsing.select == "task":
        parsing.select = asked[0] if asked else "unit"  # type: ignore[assignment]


def _is_of_tasks(parsing: Parsing, at: int) -> bool:
    """哪条任务单位最多, 指标最多的任务; 任务最多的单位 is of units."""
    after = parsing.next(at)
    behind = after is not None and parsing.tokens[after].text.startswith(("任务", "工作", "事项"))
    return (behind and _counted(parsing, at) is not None) or any(
        token.kind == "what" and token.text.startswith(_EACH_TASK) for token in parsing.tokens
    )


def _counted(parsing: Parsing, at: int) -> int | None:
    """The place of what is counted before 最多: 单位, 指标数."""
    said = (each for each in reversed(range(at)) if parsing.tokens[each].text.removesuffix("数")[-2:] in _MOST_OF)
    return next(said, None)


def _of_tasks(parsing: Parsing, at: int) -> None:
    """哪条任务指标最多: what stands before it says of what; without it nothing can be ranked."""
    said = _counted(parsing, at)
    if said is None or parsing.tokens[at].value != "most":
        parsing.refuse("no-rank", parsing.tokens[at].text)
        return
    parsing.pick = _MOST_OF[parsing.tokens[said].text.removesuffix("数")[-2:]]
    parsing.used |= {said, *(each for each in range(said, at) if parsing.kind(each) in ("fill", "what", "cites"))}
    # 涉及, 参与 and 引用 before it only say how.
    parsing.used |= {each for each in range(max(0, said - 2), said) if parsing.kind(each) in ("role", "cites", "topic")}


def _only(parsing: Parsing) -> None:
    """哪些单位只有一项任务; 只由各乡镇自己负责的任务"""
    for at in parsing.of("only"):
        after = parsing.next(at)
        if parsing.kind(after) == "number" and after is not None and parsing.select == "unit":
            parsing.used |= {at, after}
            parsing.least = parsing.most = _count(parsing.tokens[after].text)
        elif parsing.kind(after) == "number" and after is not None and _is_one_unit(parsing, after):
            parsing.used |= {at, after}
            parsing.pick = "alone"
        elif any(token.kind == "unit" for token in parsing.tokens) and not _of_role(parsing, at):
            parsing.used.add(at)
            parsing.pick = "alone"


def _is_one_unit(parsing: Parsing, number: int) -> bool:
    """只有一个单位负责的任务"""
    behind = parsing.tokens[number + 1].text if number + 1 < len(parsing.tokens) else ""
    return _count(parsing.tokens[number].text) == 1 and behind in ("单位", "部门")


def _of_role(parsing: Parsing, at: int) -> bool:
    """只牵头 speaks of the role, and of nobody else."""
    return parsing.kind(parsing.next(at)) == "role"


def _count(said: str) -> int:
    digits = "".join(each for each in said if each.isdigit())
    return int(digits) if digits else "零一二三四五六七八九十".find(said[0].replace("两", "二"))
