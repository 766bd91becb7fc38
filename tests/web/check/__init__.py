"""Tests of `web/check`."""
