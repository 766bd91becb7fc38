"""What every store must do (graph/store.py): the record of what was ingested."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from graph.errors import PlanNotSaved, RemovedThing, UnknownThing
from graph.query.questions import Saved
from graph.store import Store
from ingest.model import Declaration, Plan, Resolution, Span
from tests.support.factories import a_milestone, a_plan, a_section, a_source, a_task, reader, resolve, some_plans
from tests.support.graph_everything import everything

if TYPE_CHECKING:
    from tests.support.graph_stores import Open, OpeningAt


NEW_YEAR = {"12月底前": "2021-12-31"}


def test_a_new_library_is_empty(store: Store) -> None:
    assert store.generation() >= 0
    assert (store.plans(), store.units(), store.documents(), store.changes(0)) == ((), (), (), ())


def test_what_was_saved_is_loaded_again(store: Store) -> None:
    source, plan = a_plan(a_task("完善制度", lead=["食药监分局"], by=NEW_YEAR, people=["张明"], cites=["民法典"]))
    saved = store.save(source, plan)
    assert (saved.outcome, saved.version, saved.plan) == ("new", 1, plan)
    assert store.load(plan.id) == plan
    assert store.source(plan.id) == source
    assert store.check() == ()


def test_the_sentence_that_states_a_lead_is_kept_and_the_lead_is_no_guess(store: Store) -> None:
    source, plan = a_plan(a_task("完善制度", lead=["食药监分局"], responsible=["教育局"]))
    said = Declaration("列第一位者为牵头单位", Span(0, 10))
    (task,) = plan.tasks
    told = replace(task, assignments=(replace(task.assignments[0], stated_by=said), *task.assignments[1:]))
    store.save(source, replace(plan, tasks=(told,)))
    lead, *others = store.load(plan.id).tasks[0].assignments
    assert (lead.stated, lead.stated_by, [each.stated_by for each in others]) == (True, said, [None] * len(others))
    assert [duty.stated for duty in store.duties_of("焦作市示范区-食药监分局")] == [True]


def test_bytes_that_are_no_text_come_back_as_they_were(store: Store) -> None:
    source, plan = a_plan("一项任务")
    scan = replace(source, data=bytes(range(256)) * 40, sha256=a_source("", data=bytes(range(256)) * 40).sha256)
    store.save(scan, plan)
    assert store.source(plan.id).data == scan.data


def test_the_same_bytes_again_change_nothing(store: Store) -> None:
    store.save(*a_plan("一项任务"))
    before = store.generation()
    again = store.save(*a_plan("一项任务"))
    assert (again.outcome, again.generation, store.generation()) == ("unchanged", before, before)
    assert len(store.versions(again.plan.id)) == 1


def test_plans_saved_together_are_as_if_saved_one_after_the_other(opening_at: OpeningAt, tmp_path: Path) -> None:
    pairs = [*some_plans(4, tasks=4), a_plan("一项任务"), a_plan("一项任务")]
    store, _ = opening_at(tmp_path / "one by one")(resolve, "1")
    alone = [store.save(*pair).outcome for pair in pairs]
    expected = _told(store)
    store.close()
    store, _ = opening_at(tmp_path / "together")(resolve, "1")
    together = store.save_all(pairs)
    assert [each.outcome for each in together if isinstance(each, Saved)] == alone
    assert _told(store) == expected
    assert {each.generation for each in together if isinstance(each, Saved)} >= {store.generation()}
    assert store.save_all(()) == ()
    store.close()


def _told(store: Store) -> dict[str, object]:
    """What a library says, less the numbers of its commits."""
    said = everything(store)
    said["plans"] = [replace(row, generation=0) for row in store.plans()]
    said["changes"] = {each.plan_id for each in store.changes(0)}
    said["nodes and edges"] = [replace(store.nodes_and_edges(), generation=0)]
    return said


def test_a_plan_that_cannot_be_saved_costs_only_itself(opening: Open) -> None:
    bad = a_plan("一项坏任务", number="甲〔2021〕9号")

    def resolving(plan: Plan) -> Resolution:
        if plan.id == bad[1].id:
            raise ArithmeticError("unexpected")
        return resolve(plan)

    store, _ = opening(resolving, "1")
    good = some_plans(3, tasks=4)
    outcomes = store.save_all([good[0], bad, *good[1:]])
    assert [type(each) for each in outcomes] == [Saved, PlanNotSaved, Saved, Saved]
    assert {row.id for row in store.plans()} == {plan.id for _, plan in good}
    assert not store.was_removed(bad[1].id)
    assert bad[1].id not in {each.plan_id for each in store.changes(0)}
    with pytest.raises(UnknownThing):
        store.load(bad[1].id)
    store.check()
    store.close()


def test_an_edited_plan_is_a_new_version_and_the_old_one_is_kept(store: Store) -> None:
    old_source, old = a_plan("对重点品种开展抽检并公布结果", "加强培训")
    store.save(old_source, old)
    saved = store.save(*a_plan("对重点品种开展抽检并公布情况", "新增一项全新的任务内容", "加强培训"))
    assert (saved.outcome, saved.version) == ("new-version", 2)
    assert [row.number for row in store.versions(old.id)] == [2, 1]
    assert (store.load(old.id, 1), store.source(old.id, 1)) == (old, old_source)
    edited, added, same = store.load(old.id).tasks
    assert (edited.id, same.id) == (old.tasks[0].id, old.tasks[1].id)
    assert added.id not in {task.id for task in old.tasks}


def test_links_of_unedited_tasks_outlive_an_inserted_item(store: Store) -> None:
    items = [a_section(title, a_task(f"{title}工作任务"), a_milestone(f"{title}进度", about=0)) for title in "甲乙丙"]
    _, old = a_plan(*items)
    store.save(a_source("v1"), old)
    new = store.save(a_source("v2"), a_plan(items[0], a_section("新", "新增一项"), *items[1:])[1]).plan
    by_text = {task.text: task.id for task in new.tasks}
    assert all(by_text[task.text] == task.id for task in old.tasks)
    assert {(each.text, each.id, each.task) for each in old.milestones} == {
        (each.text, each.id, each.task) for each in new.milestones
    }


def test_the_same_plan_in_a_second_file_is_one_plan_with_two_sources(store: Store) -> None:
    source, plan = a_plan("一项任务")
    store.save(source, plan)
    pdf = a_source(source.text, "plan.pdf", "application/pdf", b"%PDF")
    saved = store.save(pdf, plan)
    assert (saved.outcome, saved.version) == ("second-source", 1)
    (version,) = store.versions(plan.id)
    assert [each.name for each in version.sources] == ["plan.txt", "plan.pdf"]
    assert store.source(plan.id).name == "plan.txt"
    assert store.source(plan.id, sha256=pdf.sha256).data == b"%PDF"
    assert store.save(pdf, plan).outcome == "unchanged"


def test_another_time_in_a_table_cell_is_no_second_source(store: Store) -> None:
    def row(words: str, day: str) -> Plan:
        plan = a_plan(a_task("一项任务", by={words: day}))[1]
        (task,) = plan.tasks
        return replace(plan, tasks=(replace(task, text="一项任务"),))

    store.save(a_source("a"), row("11月底前", "2021-11-30"))
    assert store.save(a_source("b"), row("12月底前", "2021-12-31")).outcome == "new-version"


def test_what_was_removed_is_gone_and_remembered(store: Store) -> None:
    source, plan = a_plan(a_section("甲", "一项任务", a_milestone("进度")))
    store.save(source, plan)
    generation = store.remove(plan.id)
    assert store.generation() == generation
    assert (store.plans(), store.units(), store.gaps()) == ((), (), ())
    ids = [plan.id, plan.sections[0].id, plan.tasks[0].id, plan.milestones[0].id]
    assert all(map(store.was_removed, ids))
    for ask in (store.load, store.source, store.versions, store.remove):
        with pytest.raises(RemovedThing):
            ask(plan.id)
    with pytest.raises(RemovedThing):
        store.gaps(plan=plan.id)


def test_what_never_was_is_unknown(store: Store) -> None:
    store.save(*a_plan("一项任务"))
    for ask in (store.load, store.source, store.versions, store.remove, store.unit, store.document, store.citing):
        with pytest.raises(UnknownThing):
            ask("nothing")
    assert not store.was_removed("nothing")
    with pytest.raises(UnknownThing):
        store.load(store.plans()[0].id, 7)


def test_a_plan_that_comes_back_is_no_longer_gone(store: Store) -> None:
    source, plan = a_plan("一项任务")
    store.save(source, plan)
    store.remove(plan.id)
    assert store.save(source, plan).outcome == "new"
    assert not any(map(store.was_removed, [plan.id, plan.tasks[0].id]))


def test_a_dropped_task_is_remembered_as_gone(store: Store) -> None:
    store.save(*a_plan("甲项任务", "乙项任务"))
    gone = store.load(store.plans()[0].id).tasks[1].id
    store.save(*a_plan("甲项任务"), replace=True)
    assert store.was_removed(gone)


def test_changes_tell_an_index_what_to_catch_up_with(store: Store) -> None:
    (first, one), (second, two) = a_plan("一项任务", number="甲〔2021〕1号"), a_plan("一项任务", number="甲〔2021〕2号")
    store.save(first, one)
    seen = store.generation()
    store.save(second, two)
    store.remove(one.id)
    assert [(each.plan_id, each.removed) for each in store.changes(seen)] == [(two.id, False), (one.id, True)]
    assert store.changes(store.generation()) == ()


def test_reading_again_changes_only_plans_that_read_differently(store: Store) -> None:
    pairs = [a_plan("甲项任务", number="甲〔2021〕1号"), a_plan("乙项任务", "丙项任务", number="甲〔2021〕2号")]
    for source, plan in pairs:
        store.save(source, plan)
    before = store.generation()
    (source, plan), kept = pairs[1], pairs[0]
    better = replace(plan, tasks=(replace(plan.tasks[0], section="（一）"), replace(plan.tasks[1], section="改")))
    results = {each.plan_id: each for each in store.reread(reader([kept, (source, better)]))}
    assert not results[kept[1].id].changed
    assert results[plan.id].altered == (plan.tasks[1].id,)
    assert store.generation() == before + 1
    assert store.load(plan.id) == better
    assert len(store.versions(plan.id)) == 1
    assert not any(each.changed for each in store.reread(reader([kept, (source, better)])))


def test_a_plan_keeps_its_id_when_other_rules_read_its_region_differently(store: Store) -> None:
    source, plan = a_plan("对重点品种开展抽检并公布结果", a_task("别的", lead=["教育局"]), region="焦作市")
    other = a_plan("对重点品种开展抽检并公布结果", a_task("别的", lead=["教育局"]), region="焦作市示范区")[1]
    store.save(source, plan)
    assert store.save(source, other).outcome == "unchanged"
    assert [each.changed for each in store.reread(lambda _: other)] == [True]
    edited_source, edited = a_plan("对重点品种开展抽检并公布情况", "别的", "新的", region="焦作市示范区")
    saved = store.save(edited_source, edited)
    assert (saved.outcome, saved.plan.id, len(store.plans())) == ("new-version", plan.id, 1)
    assert saved.plan.tasks[0].id == plan.tasks[0].id
    assert all(task.id.startswith(plan.id) for task in saved.plan.tasks)
    assert store.plans()[0].region == "焦作市示范区"


def test_a_plan_that_cannot_be_read_again_stays_as_it_is(store: Store) -> None:
    lost, kept = a_plan("甲项任务", number="甲〔2021〕1号", name="lost.txt"), a_plan("乙项任务", number="甲〔2021〕2号")
    for source, plan in (lost, kept):
        store.save(source, plan)
    read = store.reread(lambda source: None if source.name == "lost.txt" else kept[1])
    assert [each.plan_id for each in read] == [kept[1].id]
    assert store.load(lost[1].id) == lost[1]


def test_another_stamp_resolves_units_anew_without_the_files(opening: Open) -> None:
    store, _ = opening(resolve, "1")
    store.save(*a_plan(a_task("一项任务", lead=["食药监分局"])))
    library, before = store.library_id(), store.generation()
    store.close()

    def renaming(plan: Plan) -> object:
        found = resolve(plan)
        units = tuple(replace(unit, name="市场监管局") for unit in found.units)
        return replace(found, units=units)

    again, _ = opening(renaming, "2")  # type: ignore[arg-type]
    assert [unit.name for unit in again.units()] == ["市场监管局"]
    assert (again.library_id(), again.generation()) == (library, before + 1)
    again.close()


def test_a_snapshot_answers_from_one_generation(opening: Open) -> None:
    reading, _ = opening(resolve, "1")
    writing, _ = opening(resolve, "1")
    reading.save(*a_plan("一项任务", number="甲〔2021〕1号"))
    with reading.snapshot() as generation:
        writing.save(*a_plan("一项任务", number="甲〔2021〕2号"))
        assert (len(reading.plans()), reading.generation()) == (1, generation)
    assert (len(reading.plans()), reading.generation()) == (2, generation + 1)
    reading.close()
    writing.close()


@pytest.mark.parametrize("question", ["plans", "units", "documents"])
def test_lists_are_read_once_a_generation(store: Store, question: str) -> None:
    store.save(*a_plan(a_task("一项任务", lead=["财政局"], cites=["民法典"]), number="甲〔2021〕1号"))
    ask = getattr(store, question)
    first = ask()
    assert isinstance(first, tuple)
    with ThreadPoolExecutor(4) as threads:
        assert all(each is first for each in threads.map(lambda _: ask(), range(20)))
    added = store.save(*a_plan(a_task("二项任务", lead=["教育局"], cites=["刑法"]), number="甲〔2021〕2号"))
    assert len(ask()) == len(first) + 1
    store.remove(added.plan.id)
    assert ask() == first


def test_a_kept_list_is_that_of_the_generation_that_is_held(opening: Open) -> None:
    store, _ = opening(resolve, "1")
    store.save(*a_plan("一项任务", number="甲〔2021〕1号"))
    with store.snapshot(), ThreadPoolExecutor(1) as other:
        assert len(store.plans()) == 1
        other.submit(store.save, *a_plan("二项任务", number="甲〔2021〕2号")).result()
        assert len(other.submit(store.plans).result()) == 2
        assert len(store.plans()) == 1
        assert len(other.submit(store.plans).result()) == 2
    assert len(store.plans()) == 2
    store.close()


def test_a_backup_holds_everything(store: Store, tmp_path: Path) -> None:
    for source, plan in some_plans(3, tasks=4):
        store.save(source, plan)
    store.backup(tmp_path / "all.backup")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("all")] == ["all.backup"]
    assert (tmp_path / "all.backup").stat().st_size > 0
