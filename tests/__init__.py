"""Mirrors the source: `tests/rules/test_x.py` tests `upheld/rules/x.py`."""
