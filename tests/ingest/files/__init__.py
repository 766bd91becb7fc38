"""Tests of `ingest/files`."""
