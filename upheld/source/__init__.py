"""Reads the app's own code: what it can do, and what a request must be like to make it do so."""

from upheld.source.literals import mention
from upheld.source.reading import read
from upheld.source.shown import shown

__all__ = ["mention", "read", "shown"]
