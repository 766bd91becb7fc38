"""Tests of `web/maps/months`."""
