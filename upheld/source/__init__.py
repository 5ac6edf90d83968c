"""Reads the app's own code."""

from upheld.source.literals import mention
from upheld.source.shown import shown

__all__ = ["mention", "shown"]
