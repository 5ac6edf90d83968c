"""What the benchmark counts and how it lays it out; its figures are nobody's test."""
