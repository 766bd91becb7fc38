"""Digits of telephones, identities and e-mails are hidden in place; numbers that say something else are not."""

from __future__ import annotations

import random
import string

import pytest

from ingest.contacts import KINDS, NO_CONTACTS, excerpt, mask
from ingest.identity import document_id, short_hash, title_key, unit_id

EXAMPLES = [(kind.name, example) for kind in KINDS for example in kind.examples]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_a_contact_is_hidden_wherever_it_stands(name: str, example: str) -> None:
    for before, after in (("", ""), ("张三（", "）负责"), ("联系人：张三，", "。"), ("，", "\n"), ("3\n", "\t5")):
        if before == "3\n" and name in ("mobile-in-groups", "mobile-on-two-lines"):
            continue  # Beside other numbers, numbers in groups are cells of a table.
        text = f"{before}{example}{after}"
        shown = mask(text)
        assert len(shown) == len(text)
        assert shown.startswith(before)
        assert shown.endswith(after)
        digits = [c for c in shown[len(before) : len(shown) - len(after)] if c.isdigit()]
        assert len(digits) <= 8, shown
        assert sum(a != b for a, b in zip(text, shown, strict=True)) >= 7, shown
        assert mask(shown) == shown


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_of_contact_is_needed_for_one_of_its_examples(kind: object) -> None:
    others = [each for each in KINDS if each is not kind]
    own = next(each for each in KINDS if each is kind)
    plain = [_plain(example) for example in own.examples]
    assert any(own.pattern.search(said) and not any(each.pattern.search(said) for each in others) for said in plain)


def _plain(text: str) -> str:
    return text.replace("：", ":").replace("（", "(").replace("）", ")").replace("－", "-").replace("＠", "@")


@pytest.mark.parametrize("text", NO_CONTACTS)
def test_a_number_that_is_no_contact_stays(text: str) -> None:
    for said in (text, f"按照{text}，", f"（{text}）", f"\t{text}\n"):
        assert mask(said) == said


def test_what_tells_of_no_person_stays_readable() -> None:
    said = "张三，138 1234 5678，0371-65507000转801，zhangsan@example.cn"
    assert mask(said) == "张三，138 **** ****，0371-********转***，********@example.cn"


def test_masking_twice_is_masking_once() -> None:
    chance = random.Random(7)
    parts = [*(example for _, example in EXAMPLES), *NO_CONTACTS, *string.digits, "、", "转", "-", " ", "\n", "a@b.cn"]
    for _ in range(3000):
        text = "".join(chance.choices(parts, k=chance.randint(1, 5)))
        once = mask(text)
        assert len(once) == len(text)
        assert mask(once) == once, text


def test_an_excerpt_holds_no_half_of_a_contact() -> None:
    text = "报送至张三13812345678处，转李四"
    assert excerpt(text, 0, 5) == text[:5]
    assert excerpt(text, 0, 12) == "报送至张三138"
    assert excerpt(text, 10, 99) == "处，转李四"
    assert excerpt(text, 0, 99) == text
    for start in range(len(text)):
        for end in range(start, len(text)):
            shown = mask(excerpt(text, start, end))
            assert sum(c.isdigit() for c in shown) <= 3, shown


def test_ids_hold_no_contact_and_are_those_of_the_hidden_text() -> None:
    said = "教育局张三13812345678"
    for made in (unit_id("某区", said), document_id(said, None), title_key(said)):
        assert "12345678" not in made
    assert unit_id("某区", said) == unit_id("某区", mask(said))
    assert title_key(said) == title_key(mask(said))
    assert short_hash(said) == short_hash(mask(said)), "a hash of the digits could be tried out"


@pytest.mark.parametrize(
    "piece", ["1", "13812345678", "0371-65507000、", "a", "a@", "电话：2345678", "1\n", "138 1234 ", " \n ", "1    \n"]
)
def test_a_long_text_of_beginnings_is_masked(piece: str) -> None:
    """A text of which every piece begins what might be a contact comes to its end."""
    text = piece * (400_000 // len(piece))
    assert len(mask(text)) == len(text)
