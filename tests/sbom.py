"""`python -m tests.sbom`: what is shipped, as a CycloneDX bill of materials (物料清单), on standard output.

The official tool reads `requirements.txt`: names, versions, hashes of every file that may be installed. Licences come
from what the installed packages say of themselves, and what is vendored for the browser is added. The same input gives
the same bytes. Needs no network.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from cyclonedx.spdx import is_expression, is_supported_id

from tests.conftest import ROOT

VENDOR = ROOT / "web" / "static" / "vendor"
VENDORED = {"vis-network": "Apache-2.0 OR MIT"}
"""The licences of what stands in a folder of its name in `web/static/vendor/`."""

ELSEWHERE = {"colorama": "BSD-3-Clause"}
"""The licences of what is installed on other systems only."""

_VERSION = re.compile(r"^ \* @version +(\S+)", re.MULTILINE)

Component = dict[str, Any]


def bill() -> dict[str, Any]:
    """The whole bill. Raises `KeyError` for a vendored library and `ValueError` for a package of unknown licence."""
    made = _of_requirements()
    for component in made["components"]:
        component["licenses"] = [licence(declared(component["name"]))]
    made["components"] += [vendored(folder) for folder in sorted(VENDOR.iterdir())]
    parts = [component["bom-ref"] for component in made["components"]]
    made["dependencies"] += [{"ref": ref} for ref in parts if {"ref": ref} not in made["dependencies"]]
    made["dependencies"].append({"ref": made["metadata"]["component"]["bom-ref"], "dependsOn": parts})
    return made


def _of_requirements() -> dict[str, Any]:
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", "requirements.txt"]
    command += ["--pyproject", "pyproject.toml", "--output-reproducible", "--short-PURLs"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def declared(package: str) -> str:
    """The licence that a package declares, in its own words. Raises `ValueError` where it declares none."""
    if package in ELSEWHERE:
        return ELSEWHERE[package]
    said = metadata.metadata(package)
    classes = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if line.startswith("License")]
    for text in (said["License-Expression"], said["License"], *classes):
        if text and "\n" not in text.strip():
            return str(text).strip()
    raise ValueError(f"{package} declares no licence; say it in tests/sbom.py")


def licence(text: str) -> dict[str, Any]:
    """A licence as CycloneDX writes it."""
    if is_supported_id(text):
        return {"license": {"id": text, "acknowledgement": "declared"}}
    if is_expression(text):
        return {"expression": text, "acknowledgement": "declared"}
    return {"license": {"name": text, "acknowledgement": "declared"}}


def vendored(folder: Path) -> Component:
    """A library for the browser, with the hash of each of its files."""
    name, files = folder.name, sorted(folder.iterdir())
    version = next(found[1] for file in files if (found := _VERSION.search(file.read_text("utf-8")[:2000])))
    return {
        "bom-ref": f"vendor-{name}",
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:npm/{name}@{version}",
        "licenses": [licence(VENDORED[name])],
        "components": [
            {
                "bom-ref": f"vendor-{name}-{file.name}",
                "type": "file",
                "name": file.relative_to(ROOT).as_posix(),
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()}],
            }
            for file in files
        ],
    }


if __name__ == "__main__":
    print(json.dumps(bill(), ensure_ascii=False, indent=1, sort_keys=True))
