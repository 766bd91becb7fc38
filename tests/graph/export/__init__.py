"""Tests of `graph/export`."""
