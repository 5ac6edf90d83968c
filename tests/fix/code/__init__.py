"""Tests of `upheld.fix.code`."""
