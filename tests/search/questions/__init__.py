"""Tests of `search/questions`."""
