"""Tests of `graph/derived`."""
