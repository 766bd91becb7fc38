"""What a user types and chooses, as a tree of exact tokens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.index.tree import EVERYTHING, And, Not, Note, Or, Phrase, Query, QueryNode, Term, phrase
from search.query.filters import BadDate, Filters, due_tokens
from search.query.parse import MAX_CHARACTERS, MAX_PIECES, MAX_TERMS, parse_query
from search.words.names import Names, names_of
from tests.support.search_library import ALIASES

NAMES = names_of(ALIASES)


class Terms:
    """A term list of given words."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def frequency(self, word: str) -> int:
        return 5 if word in self.words else 0

    def words_starting(self, prefix: str, limit: int) -> list[str]:
        return [word for word in self.words if word.startswith(prefix)][:limit]


def parsed(text: str, *words: str, names: Names = NAMES, filters: Filters | None = None) -> Query:
    return parse_query(text, filters or Filters(), names, Terms(*words))


def leaves(node: QueryNode) -> set[str]:
    match node:
        case Term():
            return {f"{node.field}:{node.token}"}
        case Phrase():
            return {node.text}
        case And() | Or():
            return {leaf for each in node.nodes for leaf in leaves(each)}
        case Not():
            return {f"-{leaf}" for leaf in leaves(node.node)}


def test_a_string_is_a_phrase_of_its_pairs() -> None:
    assert phrase("食品 安全") == Phrase("食品安全", ("食品", "品安", "安全"))


def test_nothing_typed_and_nothing_chosen_is_everything() -> None:
    assert parsed("").where == EVERYTHING


def test_blanks_part_what_must_all_hold() -> None:
    assert parsed("食品　抽检 ").where == parsed("食品 抽检").where
    assert isinstance(parsed("食品 抽检").where, And)
    assert leaves(parsed("食品 抽检").where) == {"食品", "抽检"}


def test_or_binds_what_stands_on_both_sides_of_it() -> None:
    (first, either) = parsed("抽检 食品 | 药品").where.nodes  # type: ignore[union-attr]
    assert leaves(first) == {"抽检"}
    assert isinstance(either, Or)
    assert leaves(either) == {"食品", "药品"}
    assert parsed("食品 OR 药品").where == parsed("食品|药品").where


def test_a_dash_before_a_string_means_without_and_inside_one_does_not() -> None:
    assert leaves(parsed("食品 -抽检").where) == {"食品", "-抽检"}
    assert leaves(parsed("covid-19").where) == {"covid", "19"}


def test_an_alias_is_expanded_in_both_directions_and_in_quotes_not_at_all() -> None:
    assert {"人社局", "人力资源和社会保障局", "人力资源社会保障局"} <= leaves(parsed("人社局").where)
    assert {"人社局", "人力资源和社会保障局"} <= leaves(parsed("人力资源社会保障局").where)
    assert leaves(parsed('"人社局"').where) == {"人社局"}


def test_a_name_inside_a_longer_string_is_expanded_there() -> None:
    assert "区人力资源和社会保障局培训" in leaves(parsed("区人社局培训").where)


def test_a_part_of_any_of_a_units_names_means_its_assignments() -> None:
    assert "unit_name:人力资源和社会保障局" in leaves(parsed("社会保障").where)


def test_words_written_without_a_blank_are_also_found_apart() -> None:
    query = parsed("食品安全抽检", "食品安全", "食品", "安全", "抽检")
    assert leaves(query.where) == {"食品安全抽检", "食品安全", "抽检"}
    assert query.exact == (phrase("食品安全抽检"),)
    assert set(query.rank) == {"食品安全", "食品", "安全", "抽检"}


def test_a_string_that_is_no_row_of_words_is_only_found_whole() -> None:
    assert leaves(parsed("品安全抽", "安全", "抽检").where) == {"品安全抽"}


def test_a_prefix_is_expanded_against_the_term_list() -> None:
    assert leaves(parsed("农药*", "农药", "农药残留", "农业").where) == {"words:农药", "words:农药残留"}


def test_more_expansions_than_the_limit_are_cut_and_that_is_said() -> None:
    query = parsed("药*", *(f"药{n:04}" for n in range(MAX_TERMS + 5)))
    assert len(leaves(query.where)) == MAX_TERMS
    assert query.notes == (Note("terms-cut", "药", MAX_TERMS),)


def test_a_text_too_long_is_cut_and_that_is_said() -> None:
    assert Note("text-cut", "", MAX_CHARACTERS) in parsed("食" * 10_000).notes
    assert Note("pieces-cut", "", MAX_PIECES) in parsed("食 " * 100).notes


@pytest.mark.parametrize("written", ["中发〔2019〕17号", "中发[2019]17号", "中发（２０１９）第17 号"])
def test_a_document_number_is_exact(written: str) -> None:
    assert leaves(parsed(f"{written} 食品").where) == {"number:中发〔2019〕17号", "食品"}


def test_a_title_is_exact_with_or_without_the_name_of_the_state() -> None:
    assert "title:民法典" in leaves(parsed("《中华人民共和国民法典》").where)
    assert "title:民法典" in leaves(parsed("《民法典》").where)


def test_filters_hold_together_and_values_of_one_filter_in_turn() -> None:
    where = parsed("", filters=Filters(plan=("p1", "p2"), kind=("task",))).where
    assert where == And((Or((Term("kind", "task"),)), Or((Term("plan", "p1"), Term("plan", "p2")))))


def test_unit_and_role_hold_in_one_assignment() -> None:
    assert leaves(parsed("", filters=Filters(unit=("u",), role=("lead",))).where) == {"unit_role:lead|u"}


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(BadDate) as error:
        parsed("", filters=Filters(due_from="2021-02-30"))
    assert error.value.params == {"text": "2021-02-30"}


def test_an_empty_range_of_dates_finds_nothing() -> None:
    assert leaves(parsed("", filters=Filters(due_from="2021-03-02", due_to="2021-03-01")).where) == {"due:"}


@given(st.dates(date(2019, 12, 1), date(2022, 2, 1)), st.integers(0, 800))
def test_the_tokens_of_a_range_cover_each_of_its_days_once_and_no_other(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    tokens = due_tokens(first.isoformat(), last.isoformat())
    for offset in range(-40, length + 41):
        day = (first + timedelta(days=offset)).isoformat()
        assert sum(token in (day, day[:7], day[:4]) for token in tokens) == (0 <= offset <= length)


@given(st.text(max_size=60))
def test_any_text_can_be_typed(text: str) -> None:
    parsed(text, "食品")
