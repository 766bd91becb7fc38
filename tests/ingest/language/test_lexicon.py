"""The vocabulary is data, held to its examples both ways: no pattern without an example, no example astray."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.language.clean import fold
from ingest.language.lexicon import Lexicon, Rule, load_lexicon
from tests.conftest import LEXICON

SHIPPED = load_lexicon(LEXICON)
RULES = [(group, rule) for group, scanner in SHIPPED.scanners.items() if "+" not in group for rule in scanner.rules]
EXAMPLES = [(group, rule, example) for group, rule in RULES for example in rule.examples]
OF_RULE = [f"{group}-{rule.id}" for group, rule in RULES]
OF_EXAMPLE = [f"{group}-{rule.id}-{example}" for group, rule, example in EXAMPLES]

# Groups of which the readers ask whether a rule matches all of a text, never where in a text it stands.
MATCHED_WHOLE = {
    "column", "collective", "suffix", "word", "tail", "generic_tail", "ditto", "person_name", "stage_column",
    "mark_word", "ledger_head", "ledger_name", "ledger_certain", "ledger_frame", "ledger_time", "ledger_behind",
    "body", "body_each", "no_body", "refers_back", "territory", "done", "in_charge", "office", "title_of_office",
}  # fmt: skip


@pytest.mark.parametrize(("group", "rule"), RULES, ids=OF_RULE)
def test_every_pattern_has_an_example(group: str, rule: Rule) -> None:
    assert rule.examples
    assert len(set(rule.examples)) == len(rule.examples)


@pytest.mark.parametrize(("group", "rule", "example"), EXAMPLES, ids=OF_EXAMPLE)
def test_every_example_is_matched_whole_by_its_own_pattern_first(group: str, rule: Rule, example: str) -> None:
    assert SHIPPED[group].whole(example) == rule
    if group not in MATCHED_WHOLE:
        found = SHIPPED[group].match(example)
        assert found is not None
        assert (found[0].id, found[1].group()) == (rule.id, example)


@pytest.mark.parametrize(("group", "rule", "example"), EXAMPLES, ids=OF_EXAMPLE)
def test_examples_are_written_as_the_rules_see_them(group: str, rule: Rule, example: str) -> None:
    assert fold(example) == example


@pytest.mark.parametrize(("group", "rule"), RULES, ids=OF_RULE)
def test_no_pattern_matches_nothing_at_all(group: str, rule: Rule) -> None:
    assert rule.pattern.search("\n") is None
    assert rule.pattern.fullmatch("") is None


def test_every_rule_of_a_group_has_its_own_id() -> None:
    for group in SHIPPED.scanners:
        ids = [rule.id for rule in SHIPPED[group].rules]
        assert len(set(ids)) == len(ids), group


def test_of_two_rules_at_one_place_the_earlier_wins(tmp_path: Path) -> None:
    lexicon = a_lexicon(tmp_path, ("one", "甲+"), ("two", "甲乙"))
    found = list(lexicon["deadline"].scan("丙甲甲乙甲乙", 0, 6))
    assert [(rule.id, match.group()) for rule, match in found] == [("one", "甲甲"), ("one", "甲")]


def test_the_place_from_which_a_rule_reaches_the_end_is_the_leftmost(tmp_path: Path) -> None:
    lexicon = a_lexicon(tmp_path, ("one", "乙丙"), ("two", "甲乙丙|丙"))
    ending = lexicon["deadline"].ending("丁甲乙丙丁", 0, 4)
    assert ending is not None
    assert (ending[0].id, ending[1]) == ("two", 1)
    assert lexicon["deadline"].ending("丁甲乙丙丁", 0, 5) is None


def test_the_stamp_changes_with_any_pattern_and_any_name(tmp_path: Path) -> None:
    (tmp_path / "local.csv").write_text("name,names\n住建局,房管局\n", "utf-8")
    local = load_lexicon(LEXICON, tmp_path / "local.csv")
    assert local.stamp != SHIPPED.stamp
    assert load_lexicon(LEXICON).stamp == SHIPPED.stamp
    one, other = (a_lexicon(tmp_path, ("one", pattern)) for pattern in ("甲", "乙"))
    assert one.stamp != other.stamp


def test_an_office_adds_names_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "local.csv").write_text("\ufeffname,names\n云数局,数据中心|信息办\n", "utf-8")
    local = load_lexicon(LEXICON, tmp_path / "local.csv")
    assert local.canonical("信息办") == "云数局"
    assert local.canonical("卫健委") == "卫生健康委"
    assert local.names("云数局") == ("云数局", "数据中心", "信息办")


def test_every_name_of_a_unit_leads_to_the_one_that_stands_for_it() -> None:
    assert all(SHIPPED.canonical(SHIPPED.canonical(name)) == SHIPPED.canonical(name) for name in SHIPPED.aliases)
    assert all(name in SHIPPED.names(canonical) for name, canonical in SHIPPED.aliases.items())
    assert SHIPPED.names("甲乙丙丁局") == ("甲乙丙丁局",)


@pytest.mark.parametrize("row", ["住建局,住建委", "食安办,住建局"])
def test_a_name_that_stands_in_two_rows_is_refused(tmp_path: Path, row: str) -> None:
    with pytest.raises(ValueError, match="units.csv: row 3: 住建局"):
        a_lexicon(tmp_path, ("one", "甲"), units=f"住建局,房管局\n{row}\n")


@pytest.mark.parametrize("broken", ["pattern = '('", "pattern = '甲'", "value = 'x'"])
def test_a_malformed_pattern_is_named(tmp_path: Path, broken: str) -> None:
    (tmp_path / "roles.toml").write_text(
        f"[[label]]\nid = 'mine'\nvalue = 'lead'\n{broken}\n".replace("value = 'lead'\nvalue", "value"), "utf-8"
    )
    with pytest.raises(ValueError, match="roles.toml: mine"):
        load_lexicon(tmp_path)


def a_lexicon(folder: Path, *rules: tuple[str, str], units: str = "") -> Lexicon:
    """A lexicon of deadline rules only, each (id, pattern)."""
    entry = "[[deadline]]\nid = '{}'\nvalue = 'open'\npattern = '{}'\nexamples = []\n"
    text = "progress = []\ntime_field = []\n"
    text += "".join(entry.format(id, pattern) for id, pattern in rules)
    (folder / "deadlines.toml").write_text(text, "utf-8")
    (folder / "units.csv").write_text(f"name,names\n{units}", "utf-8")
    return load_lexicon(folder)
