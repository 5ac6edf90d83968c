"""The committed client is not what the contract generates now.

Why: a client that lags behind its contract fails on answers that the docs promise.
Bad:
    contracts/openapi.json changes, and generated/ stays as it was.
Good:
    contracts/openapi.json changes, "upheld client" is run, and both are committed together.
Source: `upheld client --check`.
"""

from upheld.model import Level, Rule

RULE = Rule(level=Level.ERROR)
