"""Tests of `search/words`."""
