"""Tests of `web/maps/networks`."""
