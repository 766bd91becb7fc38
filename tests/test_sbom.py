"""The bill of materials names everything that is shipped, with version, licence and hash, and is the same each time."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.conftest import ROOT
from tests.sbom import VENDOR, bill, licence

LINE = re.compile(r"^([a-z0-9-]+)==([^\s;]+)((?:.*\\\n)+.*)", re.MULTILINE)
"""A package of requirements.txt, its version, and the lines of its hashes."""


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return bill()


def test_every_line_of_the_requirements_is_named_with_its_hashes(made: dict[str, Any]) -> None:
    text = (ROOT / "requirements.txt").read_text("utf-8")
    required = {(name, version, tuple(re.findall(r"sha256:(\w+)", rest))) for name, version, rest in LINE.findall(text)}
    assert len(required) == text.count("==") - text.count("'==") - text.count(" == ")
    named = {
        (each["name"], each["version"], tuple(hash["content"] for hash in each["externalReferences"][0]["hashes"]))
        for each in made["components"]
        if each["purl"].startswith("pkg:pypi/")
    }
    assert named == required


def test_what_is_vendored_is_named_with_the_hash_of_each_file(made: dict[str, Any]) -> None:
    theirs = {each["name"]: each for each in made["components"] if each["purl"].startswith("pkg:npm/")}
    assert set(theirs) == {folder.name for folder in VENDOR.iterdir()} >= {"vis-network"}
    for each in theirs.values():
        files = {file["name"]: file["hashes"][0]["content"] for file in each["components"]}
        folder = VENDOR / each["name"]
        assert files == {
            file.relative_to(ROOT).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in folder.iterdir()
        }
        assert re.fullmatch(r"\d+\.\d+\.\d+", each["version"])


def test_every_part_has_a_licence_and_none_is_gpl(made: dict[str, Any]) -> None:
    for each in made["components"]:
        (told,) = each["licenses"]
        text = told.get("expression") or told["license"].get("id") or told["license"]["name"]
        assert text
        assert "GPL" not in text


def test_a_licence_is_an_spdx_id_an_expression_or_the_packages_own_words() -> None:
    assert licence("MIT")["license"]["id"] == "MIT"
    assert licence("Apache-2.0 OR MIT")["expression"] == "Apache-2.0 OR MIT"
    assert licence("Two-clause BSD license")["license"]["name"] == "Two-clause BSD license"


def test_the_bill_is_a_valid_one(made: dict[str, Any]) -> None:
    assert made["specVersion"] == "1.6"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(made)) is None


def test_the_same_parts_give_the_same_bill(made: dict[str, Any]) -> None:
    assert json.dumps(bill(), sort_keys=True) == json.dumps(made, sort_keys=True)
