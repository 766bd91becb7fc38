"""Tests of `web/pages`."""
