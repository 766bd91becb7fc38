"""Names of files keep nothing of a title but letters, digits and brackets; colours are those of the site."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.maps.outputs.naming import disposition, file_name, palette


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2021年食品安全工作要点", "2021年食品安全工作要点-责任矩阵.svg"),
        ("../../etc/passwd", "etcpasswd-责任矩阵.svg"),
        ('要点<script>"\u202e;\r\n', "要点script-责任矩阵.svg"),
        ("。。。", "责任矩阵.svg"),
        ("长" * 300, f"{'长' * 60}-责任矩阵.svg"),
    ],
)
def test_a_file_is_named_after_what_it_shows(title: str, name: str) -> None:
    assert file_name(title, "责任矩阵", "svg") == name


@given(st.text(max_size=80))
def test_no_title_makes_a_header_of_more_than_a_name(title: str) -> None:
    said = disposition(file_name(title, "责任矩阵", "csv"))
    assert re.fullmatch(r"attachment; filename=\"map\.csv\"; filename\*=UTF-8''[\w%.~-]+\.csv", said)


def test_files_have_the_colours_of_the_site_by_day() -> None:
    assert palette()["accent"] == "#8f1d21"
    assert {"paper", "ink", "quiet", "line", "tone-1", "tone-5", "lack"} <= palette().keys()
