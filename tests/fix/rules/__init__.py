"""Tests of `upheld.fix.rules`."""
