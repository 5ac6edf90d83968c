"""Tests of `upheld.fix.shapes`."""
