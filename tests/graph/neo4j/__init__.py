"""Tests of `graph/neo4j`."""
