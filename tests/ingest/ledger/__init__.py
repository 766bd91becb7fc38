"""Tests of `ingest/ledger`."""
