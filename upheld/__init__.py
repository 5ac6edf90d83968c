"""Upheld keeps a FastAPI app's documentation true: it compares the OpenAPI document with what the app does."""

__version__ = "0.1.0"
