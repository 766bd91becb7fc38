"""Radicals and compatibility characters are read as what they show, each one in its place."""

from __future__ import annotations

import pytest

from ingest.files.signs import plain_signs


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("⽔利⼯作12⽉底前", "水利工作12月底前"),
        ("⻓效管护、⻛险、⺠政、⻋辆", "长效管护、风险、民政、车辆"),
        ("\uf9b4導、\uf90a融、\ufa08動", "領導、金融、行動"),
        ("\U0002f800", "\u4e3d"),
    ],
)
def test_a_character_that_shows_another_is_read_as_that(written: str, meant: str) -> None:
    assert plain_signs(written) == meant
    assert len(written) == len(meant)


@pytest.mark.parametrize("text", ["水利工作", "①％：，（）", "⺀⺃", "Ａ１ㄅ㈱", "\ufa0e"])
def test_all_else_stays(text: str) -> None:
    assert plain_signs(text) == text
