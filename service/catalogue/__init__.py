"""The books that the shop sells."""
