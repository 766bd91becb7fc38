"""Finding it again (检索): words, filters and questions. Start at catalog.py."""

from __future__ import annotations

from search.catalog import Catalog
from search.opening import close_both, folder_of, open_catalog_at, open_store_at, resolver

__all__ = ["Catalog", "close_both", "folder_of", "open_catalog_at", "open_store_at", "resolver"]
