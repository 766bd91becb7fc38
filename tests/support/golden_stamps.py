"""What is made from fixed texts, by the stamp that it was made under (印记): `tests/golden/stamps.json`.

    python -m tests.support.golden_stamps     # writes it again, unless something changed and its stamp did not

Outputs are kept as hashes, one for each plan, table, part of the graph and kind of entry: a difference says where.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec

from graph.derived.columns import columns
from graph.derived.rows import rows_of
from graph.derived.stamp import tables_stamp
from graph.neo4j.rows import drawing_of, drawn_stamp
from graph.sqlite.store import open_store
from graph.sqlite.upkeep.backup import LIBRARY
from ingest.extract import extract
from ingest.language.lexicon import Lexicon, load_lexicon
from ingest.model import Doubt, Plan, Source, Span
from ingest.parse import parse_plan
from ingest.readers.read import read_source
from search.index.entries import entries_of
from search.index.fields import stamp as index_stamp
from search.index.fields import tokens_of
from search.opening import resolver
from tests.support.factories import a_milestone, a_plan, a_section, a_task

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden" / "stamps.json"
SEED = sorted((ROOT / "data" / "plans").glob("*.txt"))[0]
READ = (
    SEED,
    *(ROOT / "tests" / "samples" / name for name in ("brackets.txt", "table.listed.txt", "table.libreoffice.docx")),
    *sorted((ROOT / "tests" / "corpus" / "open").glob("G0[1-6]*.txt")),
)
"""Files whose reading is kept."""


class Made(NamedTuple):
    """What stands under one stamp: what to raise where it changes alone, the stamp, and hashes by name."""

    version: str
    stamp: str
    outputs: Mapping[str, str]


def made() -> dict[str, Made]:
    """Everything that bears a stamp, as it is made today."""
    lexicon = load_lexicon(ROOT / "data" / "lexicon")
    pairs = [small_plan(), _read(SEED, lexicon)]
    tables = f"{lexicon.stamp} {tables_stamp()}"
    return {
        "rules": Made("RULES_VERSION in ingest/language/lexicon.py", lexicon.stamp, dict(_readings(lexicon))),
        "tables": Made("DERIVED_VERSION in graph/derived/stamp.py", tables, dict(_tables(pairs, lexicon))),
        "graph": Made(
            "DRAWN_VERSION in graph/neo4j/rows.py", f"{lexicon.stamp} {drawn_stamp()}", dict(_drawn(pairs, lexicon))
        ),
        "index": Made("INDEX_VERSION in search/index/fields.py", index_stamp(tables), dict(_entries(pairs, lexicon))),
    }


def kept() -> dict[str, Made]:
    """What was made when the file was written last."""
    return {name: Made(**said) for name, said in json.loads(GOLDEN.read_text("utf-8")).items()}


def undeclared(then: Made, now: Made) -> list[str]:
    """The outputs that changed under one and the same stamp."""
    names = sorted(then.outputs.keys() | now.outputs.keys())
    return [name for name in names if then.stamp == now.stamp and then.outputs.get(name) != now.outputs.get(name)]


def small_plan() -> tuple[Source, Plan]:
    """A plan made to measure, with every kind of fact and two doubts at one place."""
    first = a_task(
        "完善明厨亮灶", lead=["住建局（交通运输局）"], support=["食安委成员单位"], people=["张明"],
        by={"12月底前": "2021-12-31"}, cites=[("关于印发〈食品安全意见〉的通知", "中发〔2019〕17号")],
        targets={"达到95%": ("覆盖率", 95.0, "%")},
    )  # fmt: skip
    second = a_task(
        "开展抽检", responsible=["教育局", "公安分局"], cites=["民法典", ("食品安全意见", "中发〔2019〕17号")]
    )
    clause = a_milestone("年底前完成", about=0, by={"年底前": "2021-12-31"}, cites=["民法典"])
    of_all = a_milestone("每季度通报", by={"6月底前": "2021-06-30"}, targets={"2次": ("通报", 2.0, "次")})
    return a_plan(
        a_section("甲", first, second, clause, of_all), cites=[("食品安全法", None)],
        number="甲〔2021〕2号",
        doubts=tuple(Doubt(code, {}, Span(3, end)) for code, end in (("unread", 5), ("no-lead", 9), ("unread", 9))),
    )  # fmt: skip


def _read(path: Path, lexicon: Lexicon) -> tuple[Source, Plan]:
    source = read_source(path)
    return source, parse_plan(source, lexicon)


def _readings(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for path in READ:
        yield path.relative_to(ROOT).as_posix(), _hash(extract(_read(path, lexicon)[1], lexicon))


def _tables(pairs: Iterable[tuple[Source, Plan]], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """All tables as SQLite holds them, documents and checksums too."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), resolver(lexicon), lexicon.stamp)
        for source, plan in pairs:
            store.save(source, plan)
        store.close()
        with closing(sqlite3.connect(Path(folder) / LIBRARY)) as connection:
            for table in columns():
                yield table, _hash(sorted(map(repr, connection.execute(f"SELECT * FROM {table}"))))


def _drawn(pairs: Iterable[tuple[Source, Plan]], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    found: dict[str, list[object]] = defaultdict(list)
    for source, plan in pairs:
        drawing = drawing_of(plan.id, rows_of(plan, source.text, resolver(lexicon)))
        found["units"] += drawing.units
        for part, nodes in drawing.nodes.items():
            found[part] += nodes
        for link, several in drawing.links.items():
            found[f"{link.source} {link.type} {link.target}"] += several
    yield from ((name, _hash(values)) for name, values in sorted(found.items()))


def _entries(pairs: Iterable[tuple[Source, Plan]], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    found: dict[str, list[object]] = defaultdict(list)
    for source, plan in pairs:
        for entry in entries_of(plan, resolver(lexicon)(plan), source):
            found[entry.kind].append((entry, tokens_of(entry)))
    yield from ((kind, _hash(values)) for kind, values in sorted(found.items()))


def _hash(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:12]


def main() -> None:
    """Writes the file again. Exits with a sentence where a version must be raised first."""
    now = made()
    for name, then in kept().items() if GOLDEN.exists() else ():
        if changed := undeclared(then, now[name]):
            raise SystemExit(f"{', '.join(changed)}: raise {then.version} first")
    said = {name: each._asdict() for name, each in now.items()}
    GOLDEN.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
