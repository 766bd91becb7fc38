"""What `serve` says to whom it is open, and that docs/serving.md says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest.contacts import mask
from ingest.folders import VERSION
from tests.conftest import LEXICON
from web.cli.console import the_catalog
from web.cli.serving import reaches_only_here, say_started
from web.settings import Settings
from web.site.app import create_app
from zeren import app

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "serving.md").read_text("utf-8")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "localhost", "::1"])
def test_this_machine_alone_is_not_warned_of(host: str) -> None:
    assert reaches_only_here(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "10.0.0.1", "zeren.example.cn", ""])
def test_every_other_address_is(host: str) -> None:
    assert not reaches_only_here(host)


@pytest.mark.parametrize(("host", "warned"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_serve_says_that_it_is_open_to_everybody(host: str, warned: bool, capsys: pytest.CaptureFixture[str]) -> None:
    say_started(host, 8000)
    said = capsys.readouterr().out
    assert f"http://{host}:8000" in said
    assert ("不用登录就能看到" in said) is warned
    assert ("docs/serving.md" in said) is warned


def test_the_options_in_the_recipe_exist() -> None:
    for command in ("serve", "export"):
        named = set(re.findall(rf"`{command} (--[a-z-]+)|zeren {command} (--[a-z-]+)[^\n]*?(--[a-z-]+)?\n", PAGE))
        options = {option for found in named for option in found if option}
        known = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).stdout
        assert options
        assert not [option for option in options if option not in known]


def test_the_forms_that_the_page_shows_are_those_that_are_made() -> None:
    for said in ("138 1234 5678", "0371-65507000", "zhangsan@example.cn"):
        assert f"`{mask(said)}`" in PAGE


def test_a_library_that_is_not_there_yet_is_made_and_says_what_to_do(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "library", LEXICON)
    with the_catalog(str(tmp_path / "library"), create=True):
        pass
    client = create_app(settings).test_client()
    page = client.get("/", headers={"Host": "localhost"})
    assert page.status_code == 200
    assert "zeren ingest" in page.text
    health = client.get("/healthz", headers={"Host": "localhost"})
    assert health.text == f"ok zeren {VERSION} generation 1\n"


def test_names_and_version_come_from_where_a_service_puts_them() -> None:
    told = CliRunner().invoke(app, ["serve", "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).stdout
    assert "ZEREN_NAME" in told
    assert CliRunner().invoke(app, ["--version"]).stdout == f"Zeren {VERSION}\n"
