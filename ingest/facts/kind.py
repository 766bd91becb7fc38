"""What a kind of fact is (事实种类): the base of its records, and the row that it has in `FACTS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.base import Record, Span
from ingest.facts.stretch import Stretch


class Fact(Record, frozen=True, kw_only=True, tag=str.lower):
    """事实: what a task or milestone says besides who does it; in JSON `type` is its kind.

    A kind adds fields of its own, which are texts, numbers or None; those it shows are named in its row.
    """

    rule: str
    span: Span

    @property
    def words(self) -> str:
        """The words of the fact as they stand in the text of its holder."""
        raise NotImplementedError

    @property
    def same(self) -> tuple[object, ...]:
        """Equal for two facts that say the same, such as one of a task and one of the table row that repeats it."""
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name not in ("rule", "span"))


@dataclass(frozen=True)
class Look:
    """How a kind is drawn: colours as `#rrggbb`, of text and ground, by day and by night.

    On white, `colour` has a contrast of at least 4.5 : 1 (WCAG 2.1 AA). `line` is a CSS border style, `width` is in
    pixels: no kind is told by its colour alone.
    """

    colour: str
    ground: str
    night: str
    night_ground: str
    line: str
    width: int = 2


@dataclass(frozen=True)
class ShownField:
    """A field of a record that is shown: its name, its Chinese label, and what it means, for docs/graph-model.md."""

    name: str
    zh: str
    meaning: str


@dataclass(frozen=True)
class FactEdge:
    """What joins a holder to a fact in the graph: its name, such as `aims_at`, and its labels."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True)
class FactKind:
    """A kind of fact.

    record  the class of its facts; its name in small letters is the name of the kind
    find    what reads them; kinds read in the order of `FACTS`, and see what earlier ones have found
    plural  the key that `extract` prints them under
    zh, en  its label
    node    the kind of node that its edge leads to, and the name of its marks; "" for the kind itself
    opaque  whether no other kind is read inside its words: a title is a name
    plain   whether it is kept, drawn and shown as any other; the others have tables and pages of their own
    """

    record: type[Fact]
    find: Callable[[Stretch], Iterator[Fact]]
    plural: str
    zh: str
    en: str
    edge: FactEdge
    look: Look
    fields: tuple[ShownField, ...] = ()
    node: str = ""
    opaque: bool = False
    plain: bool = True

    @property
    def name(self) -> str:
        """The name of the kind, as ids and JSON have it."""
        return self.record.__name__.lower()

    @property
    def shown_as(self) -> str:
        """The kind of its node and of its marks."""
        return self.node or self.name
