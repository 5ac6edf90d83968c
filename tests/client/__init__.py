"""Tests of `upheld.client`."""
