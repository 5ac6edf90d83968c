"""What every generated client is made of; it knows no contract."""
