"""What every store must do with a file that says less than the plan that it would take the place of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from graph.export.copying import compare, copy_plans
from graph.sqlite.store import open_store, restore
from graph.store import Store
from ingest.model import Plan, Source
from tests.support.factories import a_plan, a_section, a_source, a_task, reader, resolve

if TYPE_CHECKING:
    from tests.support.graph_stores import Open

WHOLE = ("推广明厨亮灶", "开展农产品抽检", "建立追溯体系", "组织应急演练")
TABLE = a_section("任务分解表", "推广明厨亮灶", "开展农产品抽检", number="附件", level=0)


def with_an_annex(*body: str) -> tuple[Source, Plan]:
    """A plan with as many tasks in its annex as may stand alone."""
    return a_plan(a_section("重点任务", *body), TABLE)


def answers(store: Store) -> tuple[int, ...]:
    """The numbers of the versions that answer; there must be one."""
    return tuple(row.number for row in store.versions(store.plans()[0].id) if row.state == "answers")


@pytest.mark.parametrize("tasks", [WHOLE[:3], WHOLE[:1], ("别的任务", "又一项任务"), ()])
def test_a_file_with_fewer_tasks_is_kept_and_the_version_before_goes_on_answering(
    store: Store, tasks: tuple[str, ...]
) -> None:
    source, plan = a_plan(*WHOLE)
    store.save(source, plan)
    part, lesser = a_plan(*tasks)
    saved = store.save(part, lesser)
    assert (saved.outcome, saved.version, saved.answering) == ("set-aside", 2, 1)
    assert saved.less is not None
    assert (saved.less.of, saved.less.gone) == (4, tuple(text for text in WHOLE if text not in tasks))
    assert (store.load(plan.id), store.source(plan.id)) == (plan, source)
    assert (store.plans()[0].tasks, store.plans()[0].version, answers(store)) == (4, 1, (1,))
    assert not any(store.was_removed(task.id) for task in plan.tasks)
    assert store.source(plan.id, 2) == part
    assert [task.text for task in store.load(plan.id, 2).tasks] == [*tasks]
    assert store.check() == ()


def test_versions_say_how_many_tasks_they_have_which_file_and_which_of_them_answers(store: Store) -> None:
    store.save(*a_plan(*WHOLE, name="全文.docx"))
    saved = store.save(*a_plan(*WHOLE[:1], name="附件.docx"))
    told = [(row.number, row.tasks, row.state, row.sources[0].name) for row in store.versions(saved.plan.id)]
    assert told == [(2, 1, "set-aside", "附件.docx"), (1, 4, "answers", "全文.docx")]


def test_an_annex_alone_is_less_though_it_has_no_fewer_tasks(store: Store) -> None:
    store.save(*with_an_annex("完善制度"))
    rows = ("推广明厨亮灶", "开展农产品抽检", "建立台账")
    alone = a_plan(a_section("任务分解表", *rows, number="附件", level=0))
    saved = store.save(*alone)
    assert saved.outcome == "set-aside"
    assert saved.less is not None
    assert saved.less.gone == ("完善制度",)
    assert [task.text for task in store.load(saved.plan.id).tasks] == ["完善制度", "推广明厨亮灶", "开展农产品抽检"]


def test_a_plan_that_never_had_a_body_is_revised_as_any_other(store: Store) -> None:
    store.save(*a_plan(TABLE))
    revised = a_section("任务分解表", "推广明厨亮灶", "改为别的事情", number="附件", level=0)
    assert store.save(*a_plan(revised)).outcome == "new-version"


@pytest.mark.parametrize("tasks", [(*WHOLE, "新增一项"), (*WHOLE[:3], "换了一项"), ("推广明厨亮灶等", *WHOLE[1:])])
def test_a_file_with_as_many_tasks_is_a_new_version(store: Store, tasks: tuple[str, ...]) -> None:
    store.save(*a_plan(*WHOLE))
    saved = store.save(*a_plan(*tasks))
    assert (saved.outcome, saved.version, saved.less, answers(store)) == ("new-version", 2, None, (2,))


def test_a_document_that_assigns_nobody_is_less_with_fewer_headings(store: Store) -> None:
    articles = [a_section(f"第{nth}条") for nth in "一二三"]
    store.save(*a_plan(*articles))
    saved = store.save(*a_plan(articles[0]))
    assert saved.less is not None
    assert (saved.outcome, saved.less.kind, saved.less.of) == ("set-aside", "section", 3)
    assert saved.less.gone == ("（二）第二条", "（三）第三条")
    assert store.save(*a_plan(*articles, a_section("第四条"))).outcome == "new-version"
    assert store.save(*a_plan("终于有了一项任务")).outcome == "new-version"


def test_a_file_that_is_to_replace_what_is_there_answers_and_says_what_went(store: Store) -> None:
    _, plan = a_plan(*WHOLE)
    store.save(*a_plan(*WHOLE))
    saved = store.save(*a_plan(*WHOLE[:3]), replace=True)
    assert saved.less is not None
    assert (saved.outcome, saved.less.gone, answers(store)) == ("new-version", WHOLE[3:], (2,))
    assert store.was_removed(plan.tasks[3].id)
    assert store.load(plan.id).tasks == plan.tasks[:3]


def test_a_file_that_was_set_aside_is_not_kept_twice(store: Store) -> None:
    store.save(*a_plan(*WHOLE))
    first = store.save(*a_plan(*WHOLE[:1]))
    again = store.save(*a_plan(*WHOLE[:1]))
    assert (again.outcome, again.version, again.less) == ("set-aside", 2, first.less)
    assert store.generation() == first.generation == again.generation
    assert len(store.versions(first.plan.id)) == 2


def test_a_version_that_was_set_aside_answers_when_it_is_asked_to_replace(store: Store) -> None:
    plan = a_plan(*WHOLE)[1]
    store.save(*a_plan(*WHOLE))
    store.save(*a_plan(*WHOLE[:1]))
    saved = store.save(*a_plan(*WHOLE[:1]), replace=True)
    assert (saved.outcome, saved.version, answers(store)) == ("new-version", 2, (2,))
    assert (store.plans()[0].tasks, [row.number for row in store.versions(plan.id)]) == (1, [2, 1])
    assert all(store.was_removed(task.id) for task in plan.tasks[1:])
    assert store.check() == ()


def test_a_whole_file_after_one_that_was_set_aside_takes_the_next_number(store: Store) -> None:
    store.save(*a_plan(*WHOLE))
    store.save(*a_plan(*WHOLE[:1]))
    saved = store.save(*a_plan(*WHOLE, "新增一项"))
    assert (saved.outcome, saved.version, answers(store)) == ("new-version", 3, (3,))
    told = [(row.number, row.state) for row in store.versions(saved.plan.id)]
    assert told == [(3, "answers"), (2, "former"), (1, "former")]
    assert store.save(*a_plan(*WHOLE[:1])).version == 4, "what was set aside before is of the past"


def test_a_second_file_joins_the_version_that_answers(store: Store) -> None:
    source, plan = a_plan(*WHOLE)
    store.save(source, plan)
    store.save(*a_plan(*WHOLE[:1]))
    saved = store.save(a_source(source.text, "plan.pdf", "application/pdf", b"%PDF"), plan)
    assert (saved.outcome, saved.version) == ("second-source", 1)
    assert [len(row.sources) for row in store.versions(plan.id)] == [1, 2]


def test_an_index_learns_of_a_version_that_was_set_aside_and_finds_the_plan_as_it_was(store: Store) -> None:
    plan = a_plan(*WHOLE)[1]
    store.save(*a_plan(*WHOLE))
    seen = store.generation()
    store.save(*a_plan(*WHOLE[:1]))
    assert [(each.plan_id, each.removed) for each in store.changes(seen)] == [(plan.id, False)]
    assert store.plans()[0].generation == store.generation() > seen
    assert {duty.text for duty in store.duties_of(store.units()[0].id)} == set(WHOLE)


def test_reading_again_reads_the_version_that_answers_and_leaves_the_other_aside(store: Store) -> None:
    source, plan = a_plan(*WHOLE)
    store.save(source, plan)
    store.save(*a_plan(*WHOLE[:1]))
    better = replace(plan, tasks=(*plan.tasks[:3], replace(plan.tasks[3], section="改")))
    (row,) = store.reread(reader([(source, better)]))
    assert row.altered == (plan.tasks[3].id,)
    assert (store.load(plan.id), answers(store)) == (better, (1,))
    assert len(store.load(plan.id, 2).tasks) == 1


def test_files_saved_together_are_set_aside_one_by_one(store: Store) -> None:
    other = a_plan("另一项", number="甲〔2021〕2号")
    pairs = [a_plan(*WHOLE), a_plan(*WHOLE[:2]), other]
    told = [getattr(each, "outcome", each) for each in store.save_all(pairs)]
    assert told == ["new", "set-aside", "new"]
    told = [getattr(each, "outcome", each) for each in store.save_all([a_plan(*WHOLE[:2])], replace=True)]
    assert told == ["new-version"]


def test_a_plan_whose_id_the_rules_would_change_is_still_known_by_both(store: Store) -> None:
    words = [a_task(text, lead=["教育局"]) for text in WHOLE]
    store.save(*a_plan(*words, region="焦作市"))
    saved = store.save(*a_plan(words[0], region="焦作市示范区"))
    assert saved.outcome == "new", "another region is another plan"
    store.remove(saved.plan.id)
    list(store.reread(lambda _: a_plan(*words, region="焦作市示范区")[1]))
    assert store.save(*a_plan(words[0], words[1], region="焦作市示范区")).outcome == "set-aside"
    assert store.kept(store.plans()[0].id).read_as == a_plan(region="焦作市示范区")[1].id


def test_a_backup_and_a_copy_keep_which_version_answers(opening: Open, tmp_path: Path) -> None:
    store, _ = opening(resolve, "1")
    plan = a_plan(*WHOLE)[1]
    store.save(*a_plan(*WHOLE))
    store.save(*a_plan(*WHOLE[:1]))
    store.backup(tmp_path / "all.backup")
    restore(tmp_path / "all.backup", tmp_path / "restored")
    restored = open_store(tmp_path / "restored", resolve, "1")
    copy = open_store(tmp_path / "copy", resolve, "1")
    assert [each.outcome for each in copy_plans(store, copy)] == ["copied"]
    for other in (restored, copy):
        assert other.kept(plan.id) == store.kept(plan.id)
        assert (other.load(plan.id), answers(other), other.check()) == (plan, (1,), ())
    store.save(*a_plan(*WHOLE[:1]), replace=True)
    assert compare(store, copy).differing == (plan.id,)
    assert [each.outcome for each in copy_plans(copy, store)] == ["differs"], "what is behind takes nothing back"
    assert [each.outcome for each in copy_plans(store, copy)] == ["extended"]
    assert (compare(store, copy).same, answers(copy)) == (True, (2,))
    for each in (store, restored, copy):
        each.close()


def test_a_reader_of_an_older_generation_sees_the_version_that_answered_then(opening: Open) -> None:
    reading, _ = opening(resolve, "1")
    writing, _ = opening(resolve, "1")
    plan = a_plan(*WHOLE)[1]
    writing.save(*a_plan(*WHOLE))
    with reading.snapshot():
        writing.save(*a_plan(*WHOLE[:1]), replace=True)
        assert (reading.load(plan.id), answers(reading)) == (plan, (1,))
    assert answers(reading) == (2,)
    reading.close()
    writing.close()
