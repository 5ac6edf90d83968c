"""Measures Upheld against Schemathesis, in one run on one machine: `python -m benchmarks`."""

SEED = 0
"""What both tools draw by."""
