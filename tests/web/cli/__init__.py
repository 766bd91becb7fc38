"""Tests of `web/cli`."""
