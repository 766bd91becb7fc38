"""What rests on what: one document once, matters handed down from level to level, what is to be written apart."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ingest import document_id, document_region
from ingest.language import Lexicon
from web.maps.chain.making import AuthorityChain, CitedPlace, KnownDocument, chain_of, matter_of

PROVINCE = ("中共河南省委河南省人民政府印发〈关于健全食品安全责任制的若干措施〉的通知", "豫发〔2019〕31号")
CITY = ("中共焦作市委焦作市人民政府印发〈关于健全食品安全责任制的若干措施〉的通知", "焦发〔2020〕9号")
DISTRICT = ("中共焦作市示范区党工委印发〈关于健全食品安全责任制的若干措施〉的通知", "焦示党文〔2020〕21号")
INNER = ("关于健全食品安全责任制的若干措施", None)
LAW = ("食品安全法", None)
Titled = tuple[str, str | None]


def known(lexicon: Lexicon, *titles: Titled, held: Mapping[str, str] | None = None) -> dict[str, KnownDocument]:
    """Documents by their ids; `held` are plans of the library by title."""
    found = {}
    for title, number in titles:
        id = document_id(title, number)
        found[id] = KnownDocument(id, title, number, (held or {}).get(title), document_region(title, number, lexicon))
    return found


def a_chain(
    lexicon: Lexicon,
    *cited: tuple[Titled, str, str, int],
    about: Titled | None = None,
    held: Mapping[str, str] | None = None,
) -> AuthorityChain:
    """A chain of places: a document, a plan, a role, and how many tasks of the plan cite it there."""
    places = [
        CitedPlace(document_id(*title), plan, role, tuple(f"{plan}-{n}" for n in range(tasks)))
        for title, plan, role, tasks in cited
    ]
    plans = dict.fromkeys(plan for _, plan, _, _ in cited)
    documents = known(lexicon, *(title for title, _, _, _ in cited), held=held)
    return chain_of(places, documents, {id: f"计划{id}" for id in plans}, document_id(*about) if about else "")


def test_a_matter_is_handed_down_from_level_to_level(lexicon: Lexicon) -> None:
    made = a_chain(lexicon, *((each, "甲", "implement", 1) for each in (DISTRICT, LAW, PROVINCE, CITY)))
    numbers = [each.document.number for each in made.documents]
    assert numbers == ["豫发〔2019〕31号", "焦发〔2020〕9号", "焦示党文〔2020〕21号", None]
    above = [document.document.number if (document := made.named(each.above)) else "" for each in made.documents]
    assert above == ["", "豫发〔2019〕31号", "焦发〔2020〕9号", ""]
    assert made.levels == ("国家", "省", "市", "县")


def test_a_district_takes_on_what_its_own_city_hands_down(lexicon: Lexicon) -> None:
    other = ("中共郑州市委印发〈关于健全食品安全责任制的若干措施〉的通知", "郑发〔2020〕2号")
    made = a_chain(lexicon, *((each, "甲", "implement", 1) for each in (PROVINCE, other, CITY, DISTRICT)))
    by = {each.document.number: each for each in made.documents}
    assert by["焦示党文〔2020〕21号"].above == by["焦发〔2020〕9号"].key
    assert by["郑发〔2020〕2号"].above == by["焦发〔2020〕9号"].above == by["豫发〔2019〕31号"].key


def test_a_title_and_the_notice_that_issues_it_are_one(lexicon: Lexicon) -> None:
    made = a_chain(lexicon, (CITY, "甲", "implement", 2), (INNER, "甲", "implement", 3))
    (one,) = made.documents
    assert one.document.number == "焦发〔2020〕9号"
    assert len(one.tasks) == 3
    assert set(one.ids) == {document_id(*CITY), document_id(*INNER)}
    several = a_chain(lexicon, *((each, "甲", "implement", 1) for each in (CITY, PROVINCE, INNER)))
    assert len(several.documents) == 3, "which of two notices is meant nobody says"


@pytest.mark.parametrize("role", ["formulate", "revise", "compile", "legislate"])
def test_what_is_to_be_written_is_no_basis(lexicon: Lexicon, role: str) -> None:
    made = a_chain(lexicon, (LAW, "甲", "implement", 1), (("食品安全应急预案", None), "甲", role, 1))
    assert [each.document.title for each in made.documents] == ["食品安全法"]
    assert [each.document.title for each in made.made] == ["食品安全应急预案"]


def test_of_several_plans_only_what_two_cite_is_shown_and_the_rest_is_counted(lexicon: Lexicon) -> None:
    made = a_chain(
        lexicon, (LAW, "甲", "implement", 2), (LAW, "乙", "mention", 1), (CITY, "甲", "implement", 1),
        (PROVINCE, "乙", "implement", 1), (("民法典", None), "乙", "implement", 1),
    )  # fmt: skip
    assert [each.document.title for each in made.documents] == ["食品安全法"]
    assert {plan.id: plan.alone for plan in made.plans} == {"甲": 1, "乙": 2}
    assert made.of == len(made.documents) + sum(plan.alone for plan in made.plans)
    assert {id: len(tasks) for id, tasks in made.documents[0].by_plan.items()} == {"甲": 2, "乙": 1}


def test_the_document_that_a_chain_is_of_is_shown_however_few_cite_it(lexicon: Lexicon) -> None:
    made = a_chain(lexicon, (CITY, "甲", "revise", 1), (LAW, "乙", "implement", 1), about=CITY)
    assert [(each.document.number, each.main) for each in made.documents] == [("焦发〔2020〕9号", True)]


def test_a_plan_does_not_rest_on_itself(lexicon: Lexicon) -> None:
    own = ("食品安全工作要点", None)
    made = a_chain(lexicon, (own, "甲", "mention", 0), (LAW, "甲", "implement", 1), held={own[0]: "甲"})
    assert [each.document.title for each in made.documents] == ["食品安全法"]


def test_the_matter_is_what_stands_inside() -> None:
    assert matter_of(CITY[0]) == matter_of(PROVINCE[0]) == matter_of(INNER[0])
    assert matter_of("食品安全法") != matter_of("民法典")
