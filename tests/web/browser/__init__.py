"""Tests of `web/browser`."""
