"""Recall is exact: what a text holds is found by every string of it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.catalog import Catalog
from tests.support.factories import a_plan, a_section, a_task
from tests.support.search_library import NO_NAMES, a_catalog, a_plan_of, real_sentences, task_texts
from tests.support.search_places import Fresh

SENTENCES = real_sentences()
STRINGS = sorted(
    {
        run[at : at + size]
        for sentence in SENTENCES
        for run in re.findall("[\u4e00-\u9fff]+", sentence)
        for size in range(2, 13)
        for at in range(len(run) - size + 1)
    }
)


@pytest.fixture(scope="module")
def catalog(fresh: Fresh) -> Iterator[Catalog]:
    catalog = a_catalog(fresh(), a_plan_of(SENTENCES), names=NO_NAMES)
    yield catalog
    catalog.close()
    catalog.store.close()


def holding(string: str) -> set[str]:
    return {sentence for sentence in SENTENCES if string in sentence}


@given(st.sampled_from(STRINGS))
@settings(max_examples=300, deadline=None)
def test_a_string_in_quotes_finds_exactly_the_tasks_that_hold_it(catalog: Catalog, string: str) -> None:
    assert set(task_texts(catalog, f"“{string}”")) == holding(string)


@given(st.sampled_from(STRINGS))
@settings(max_examples=300, deadline=None)
def test_a_bare_string_finds_the_tasks_that_hold_it_before_all_others(catalog: Catalog, string: str) -> None:
    wanted, found = holding(string), task_texts(catalog, string)
    assert set(found[: len(wanted)]) == wanted


def test_every_string_of_a_sample_of_sentences_is_found(catalog: Catalog) -> None:
    for sentence in random.Random(3).sample(SENTENCES, 6):
        for run in re.findall("[\u4e00-\u9fff]{2,}", sentence):
            for at in range(len(run) - 1):
                for size in range(2, min(12, len(run) - at) + 1):
                    assert sentence in task_texts(catalog, run[at : at + size])


@given(st.sampled_from(sorted({character for each in SENTENCES for character in re.findall("[\u4e00-\u9fff]", each)})))
@settings(max_examples=50, deadline=None)
def test_one_character_finds_exactly_the_tasks_that_hold_it(catalog: Catalog, character: str) -> None:
    assert set(task_texts(catalog, character)) == {each for each in SENTENCES if character in each}


@given(st.lists(st.sampled_from(STRINGS), min_size=2, max_size=3))
@settings(max_examples=100, deadline=None)
def test_strings_parted_by_blanks_find_the_tasks_that_hold_all_of_them(catalog: Catalog, strings: list[str]) -> None:
    every = set.intersection(*map(holding, strings))
    assert every <= set(task_texts(catalog, " ".join(strings)))
    assert every == set(task_texts(catalog, " ".join(f'"{each}"' for each in strings)))


@given(st.sampled_from(STRINGS), st.sampled_from(STRINGS))
@settings(max_examples=100, deadline=None)
def test_without_leaves_out_exactly_the_tasks_that_hold_the_string(catalog: Catalog, one: str, other: str) -> None:
    assert set(task_texts(catalog, f'"{one}" -"{other}"')) == holding(one) - holding(other)


def test_the_section_title_of_a_task_finds_it(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, a_plan(a_section("严防冷链风险", a_task("建好平台"))))
    assert task_texts(catalog, "冷链风险") == ["建好平台"]


def test_blanks_and_line_breaks_in_the_text_do_not_hinder(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, a_plan(a_task("加强校 园食\n品安　全")))
    for query in ("校园食品安全", '"园食品安"', "“食品安全”", "校 园 食 品"):
        assert task_texts(catalog, query) == ["加强校 园食\n品安　全"]


def test_a_string_with_punctuation_in_quotes_is_exact_and_bare_is_not(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, a_plan(a_task("推行双随机、一公开监管"), a_task("推行双随机一公开监管")))
    assert task_texts(catalog, '"双随机、一公开"') == ["推行双随机、一公开监管"]
    assert len(task_texts(catalog, "双随机、一公开")) == 2


def test_latin_and_digits_are_found_in_any_case_and_width(tmp_path: Path) -> None:
    catalog = a_catalog(tmp_path, a_plan(a_task("通过ISO 9001认证，合格率98.5%")))
    for query in ("iso9001", "ＩＳＯ", "9001", "98.5", '"98.5%"'):
        assert len(task_texts(catalog, query)) == 1
