"""Tests of `web/words`."""
