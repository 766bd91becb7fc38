"""Tests of `web/maps/explore`."""
