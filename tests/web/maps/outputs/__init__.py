"""Tests of `web/maps/outputs`."""
