"""Tests of `search/index`."""
