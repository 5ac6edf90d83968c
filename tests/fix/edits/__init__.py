"""Tests of `upheld.contract`."""
