"""Tests of `ingest/page`."""
