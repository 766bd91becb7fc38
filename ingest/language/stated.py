"""What an office's own file states of units: members of a collective (成员单位), second nameplates (加挂牌子).

Names are matched as everywhere: by the register, with or without the region's prefix, in full or half width, and
without a second nameplate in brackets. So 市场监督管理局 is the 市市场监管局 of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from ingest.language.clean import fold
from ingest.language.lines import line_of_work
from ingest.language.register import Register, forms_of
from ingest.language.units import collective_name

_NAMEPLATE = re.compile(r"（[^（）]{2,24}）$")


def stated_members(register: Register) -> Callable[[str, str], bool | None]:
    """Whether a unit is a member of a collective, asked with both names; None where no members of it are stated.

    A collective of departments has none of another line of work: 各级发展改革部门 is no name of 教育局.
    """
    stated = {
        _collective(written): _keys_of(entry.members, register)
        for entry in register.entries.values()
        if entry.members
        for written in entry.written
    }
    # A name as it is written goes before what is left of another one without its region.
    for written, members in list(stated.items()):
        for form in forms_of(written):
            stated.setdefault(form, members)

    @lru_cache(4096)
    def members_of(collective: str) -> frozenset[str] | None:
        return next((stated[form] for form in forms_of(_collective(collective)) if form in stated), None)

    @lru_cache(4096)
    def keys(unit: str) -> frozenset[str]:
        return _keys_of([unit], register)

    allows = line_of_work(register)

    def is_member(collective: str, unit: str) -> bool | None:
        members = members_of(collective) if stated else None
        if members is None:
            return None if allows(collective, unit) else False
        return not members.isdisjoint(keys(unit))

    return is_member


def hats_of(name: str, register: Register) -> tuple[str, ...]:
    """The second nameplates that the office's file gives to a unit, as it writes them."""
    entry = register.entry_of(fold(name))
    return entry.hats if entry else ()


def bearers_of(name: str, register: Register) -> tuple[str, ...]:
    """Canonical names of the units that bear a name as their second nameplate, by the office's file."""
    keys = _keys_of([name], register)
    bearers = (entry for entry in register.entries.values() if entry.hats)
    return tuple(entry.name for entry in bearers if not keys.isdisjoint(_keys_of(entry.hats, register)))


def bearers_by_hat(register: Register) -> dict[str, tuple[str, ...]]:
    """All second nameplates of the office's file, as it writes them, with who bears them."""
    hats = {hat for entry in register.entries.values() for hat in entry.hats}
    return {hat: bearers_of(hat, register) for hat in sorted(hats)}


def _collective(name: str) -> str:
    return collective_name(fold(name))


def _keys_of(names: Iterable[str], register: Register) -> frozenset[str]:
    """What two names of one unit share: the canonical name, of one that the register does not have its forms."""
    return frozenset(key for name in names for key in _keys(fold(name), register))


def _keys(name: str, register: Register) -> tuple[str, ...]:
    bare = _NAMEPLATE.sub("", name) or name
    entry = register.entry_of(name) or register.entry_of(bare)
    return (entry.name,) if entry else forms_of(bare)
