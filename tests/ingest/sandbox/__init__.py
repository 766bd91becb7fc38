"""Tests of `ingest/sandbox`."""
