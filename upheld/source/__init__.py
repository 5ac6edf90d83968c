"""Reads the app's own code: what it can do, and what a request must be like to make it do so."""

from upheld.source.literals import mention
from upheld.source.readings import Readings, read
from upheld.source.shown import shown

__all__ = ["Readings", "mention", "read", "shown"]
