"""Tests of `web/maps`."""
