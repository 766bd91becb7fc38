"""Tests of `graph/sqlite`."""
