"""Tests of `web/maps/chain`."""
