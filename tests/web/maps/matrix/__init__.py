"""Tests of `web/maps/matrix`."""
