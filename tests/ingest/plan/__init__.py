"""Tests of `ingest/plan`."""
