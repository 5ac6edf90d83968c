"""Tests of `upheld.fix`."""
