"""Tests of `web/maps/wings`."""
