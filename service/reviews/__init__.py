"""What readers say about books."""
