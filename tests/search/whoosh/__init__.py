"""Tests of `search/whoosh`."""
