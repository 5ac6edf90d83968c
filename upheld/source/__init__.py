"""Reads the app's own code."""

from upheld.source.literals import mention

__all__ = ["mention"]
