"""The generated client, asked everything that a check has asked: what the docs promise, it can send and type."""

from upheld.roundtrip.processes import tried
from upheld.roundtrip.script import Errand, Mode
from upheld.roundtrip.select import select
from upheld.roundtrip.verdicts import faults, round_trip

__all__ = ["Errand", "Mode", "faults", "round_trip", "select", "tried"]
