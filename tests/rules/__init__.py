"""Tests of `upheld.rules`."""
