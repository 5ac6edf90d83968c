"""The bookshop: a small service whose documentation is exactly what it does."""

__version__ = "0.1.0"
