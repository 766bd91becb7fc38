"""What fuzzing begins with (种子): plans as the programs of offices wrote them, and what broke a reader before."""

from __future__ import annotations

from pathlib import Path

from ingest.readers.formats import FORMATS, READABLE
from tests.conftest import ROOT
from tests.fuzz.bundles import bundle_seeds

PARSE = "parse"
"""The whole way from a file to what `extract` prints, for plans in text and in tables."""

BUNDLES = tuple(row.kind for row in FORMATS if row.bundle)
"""Files that hold files."""

TARGETS = (*READABLE, *BUNDLES, PARSE)
CRASHERS = Path(__file__).parent / "crashers"

_LARGEST_SEED = 150_000


def seeds(target: str) -> dict[str, bytes]:
    """Files of the corpus and of the samples that are small enough to be read often, by their names."""
    if target in BUNDLES:
        return bundle_seeds(target)
    endings = ("txt", "html", "xlsx", "docx") if target == PARSE else (target,)
    folders = (ROOT / "tests" / "corpus" / "open", ROOT / "tests" / "samples")
    paths = sorted(path for folder in folders for ending in endings for path in folder.glob(f"*.{ending}"))
    return {path.name: path.read_bytes() for path in paths if path.stat().st_size <= _LARGEST_SEED}


def kept(target: str, folder: Path = CRASHERS) -> dict[str, bytes]:
    """What broke a target before, by its file's name."""
    return {path.name: path.read_bytes() for path in sorted((folder / target).glob("*.*")) if path.suffix != ".why"}
