"""A corpus of lying and honest apps, and what scores a tool on it."""
