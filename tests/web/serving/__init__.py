"""Tests of `web/serving`."""
