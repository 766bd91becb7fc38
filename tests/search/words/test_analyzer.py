"""Text into tokens: words with places, grams, document numbers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.model import Span
from search.words.analyzer import document_numbers, fold, folded, grams, phrase_grams, words
from tests.conftest import ROOT

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)


def test_words_carry_places_in_the_original_and_positions_that_count_words() -> None:
    tokens = words("推进 食 品\n安全标准化")
    assert (tokens[0].text, tokens[0].position) == ("推进", 0)
    text = "推进 食 品\n安全标准化"
    for token in tokens:
        assert folded(token.span.of(text)) == token.text
    assert sorted({token.position for token in tokens}) == list(range(max(token.position for token in tokens) + 1))


def test_short_words_inside_a_long_one_share_its_position() -> None:
    positions = {token.text: token.position for token in words("落实中华人民共和国民法典")}
    assert positions["中华人民共和国"] == positions["中华"] == positions["人民"] == positions["共和国"]


def test_a_word_of_one_character_is_a_word() -> None:
    assert {"抓", "药"} <= {token.text for token in words("抓，药")}


def test_width_case_brackets_and_blanks_make_no_difference() -> None:
    assert folded("ＩＳＯ　9001【2021】") == folded("iso9001（２０２１）") == "iso9001(2021)"


def test_latin_words_stay_apart() -> None:
    assert [token.text for token in words("Open Data平台")][:2] == ["open", "data"]


@given(st.text(max_size=40))
def test_a_folded_character_leads_back_to_where_it_came_from(text: str) -> None:
    form = fold(text)
    assert form.text == folded(text)
    for place, offset in enumerate(form.offsets):
        assert form.text[place] in folded(text[offset])


@given(CHINESE, CHINESE, CHINESE)
@settings(max_examples=50)
def test_a_text_has_all_grams_of_every_string_in_it(before: str, string: str, after: str) -> None:
    assert set(phrase_grams(folded(string))) <= grams(folded(before + string + after))


def test_no_gram_spans_a_punctuation_mark() -> None:
    assert "品药" not in grams("食品、药品")


@pytest.mark.parametrize(
    "written",
    [
        "焦示食安〔2021〕1号",
        "焦示食安[2021]1号",
        "焦示食安(2021)1号",
        "焦示食安【２０２１】 第01 号",
        "焦示食安（2021）1\n号",
    ],
)
def test_a_document_number_is_one_token_however_it_is_written(written: str) -> None:
    (token,) = document_numbers(f"见{'（'}{written}{'）'}。")
    assert token.text == "焦示食安〔2021〕1号"
    assert token.span == Span(2, 2 + len(written))


@pytest.mark.parametrize("lead", ["按照", "认真贯彻落实", "《意见》和", "根据"])
def test_what_leads_up_to_a_document_number_is_no_part_of_it(lead: str) -> None:
    assert [token.text for token in document_numbers(f"{lead}国办发〔2022〕8号要求")] == ["国办发〔2022〕8号"]


def test_an_issuers_code_keeps_a_character_that_could_be_a_conjunction() -> None:
    assert [token.text for token in document_numbers("（和政发〔2020〕3号）")] == ["和政发〔2020〕3号"]


def test_loading_jieba_says_nothing_and_asking_does_not_load_it() -> None:
    script = (
        "import sys; import search.words.analyzer as a, search.query.parse, search.catalog;"
        "a.phrase_grams(a.folded('食品'));"
        "assert 'jieba' not in sys.modules; a.words('食品安全'); assert 'jieba' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_cutting_words_reads_and_leaves_nothing_in_the_common_folder_for_temporary_files(tmp_path: Path) -> None:
    code = (
        "import sys; from search.words.analyzer import words; touched = [];"
        "sys.addaudithook(lambda event, said: touched.append(str(said[0])) if event == 'open' else None);"
        "words('加强食品安全监管');"
        "sys.exit(any(sys.argv[1] in path or path.endswith('.cache') for path in touched) or len(touched) < 5)"
    )
    (tmp_path / "jieba.cache").write_bytes(b"somebody else's")
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env={**os.environ, "TMPDIR": str(tmp_path)}, cwd=ROOT, check=False
    )
    assert done.returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
