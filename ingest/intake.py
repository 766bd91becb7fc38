"""Files come in (收件): what reads strangers' files, apart from the other doors because it takes time to load."""

from __future__ import annotations

from ingest.readers.read import suffixes
from ingest.sandbox.parent import Sandbox

__all__ = ["Sandbox", "suffixes"]
