"""Every format, from the same reports."""
