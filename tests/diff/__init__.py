"""Tests of `upheld.diff`."""
