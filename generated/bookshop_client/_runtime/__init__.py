# Written by `upheld client`; edit the service instead.
"""What every generated client is made of; it knows no contract."""
