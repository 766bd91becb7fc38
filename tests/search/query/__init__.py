"""Tests of `search/query`."""
