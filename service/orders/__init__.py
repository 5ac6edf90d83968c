"""What readers buy."""
