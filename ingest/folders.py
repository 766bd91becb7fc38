"""Where the program and its vocabulary lie (程序所在): in a source tree, or where pip has put them."""

from __future__ import annotations

from pathlib import Path

VERSION = "0.1.0"
"""Of the program; the wheel is built under it."""

PROGRAM = Path(__file__).resolve().parents[1]
"""The folder of the packages: the top of a source tree, or `site-packages`."""

IS_SOURCE_TREE = (PROGRAM / "data" / "lexicon").is_dir()

DATA = PROGRAM / ("data" if IS_SOURCE_TREE else "zeren_data")
"""What is handed out with the program: `lexicon/`, `questions.toml`. Where it is installed nothing is written there."""
