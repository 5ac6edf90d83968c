"""Tests of `upheld.source`."""
