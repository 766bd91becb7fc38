"""Tests of `ingest/doubts`."""
