"""Tests of `web/maps/collaboration`."""
