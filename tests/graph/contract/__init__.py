"""Tests of `graph/contract`."""
