"""Tests of `upheld.drive`."""
