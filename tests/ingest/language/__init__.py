"""Tests of `ingest/language`."""
