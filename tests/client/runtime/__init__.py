"""Tests of the runtime of generated clients."""
