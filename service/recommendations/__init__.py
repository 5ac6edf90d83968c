"""What else a reader may like: learned from what was bought and reviewed together."""
