"""The store on Neo4j (共用的图数据库). Start at store.py."""

from __future__ import annotations

from graph.neo4j.server.connection import Database, Transaction
from graph.neo4j.store import open_neo4j_store

__all__ = ["Database", "Transaction", "open_neo4j_store"]
