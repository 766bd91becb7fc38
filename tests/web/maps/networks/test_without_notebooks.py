"""Maps and what they are built with: pyvis without notebooks, and what is installed for it."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT


def test_the_site_loads_without_notebooks_and_what_they_bring() -> None:
    """Also where IPython is installed, as for some other purpose of the same Python."""
    asked = "import sys, web.site.app; print({'IPython', 'jedi', 'pexpect', 'traitlets'} & {*sys.modules})"
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"


def test_what_is_installed_leaves_out_what_only_notebooks_need() -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    names = {line.partition("==")[0] for line in lines if "==" in line}
    assert "pyvis" in names
    assert not names & {"ipython", "jedi", "pexpect", "ptyprocess", "traitlets", "prompt-toolkit"}


def test_an_ipython_that_is_there_stays_as_it_was() -> None:
    asked = """
import sys, types
mine = sys.modules["IPython"] = types.ModuleType("IPython")
import web.maps
assert sys.modules["IPython"] is mine and "IPython.display" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=True)
