"""The generated client cannot say what the docs call valid, or does not type what they promise.

Why: who relies on a generated client meets what it gets wrong in production, as an exception that nobody catches.
Bad:
    generated/ was made from another document: get_book() raises UndocumentedResponse where a 404 is documented.
Good:
    "upheld client" writes generated/ anew, and get_book() raises NotFound.
Source: `upheld check --round-trip`; docs/client.md.
"""

from upheld.model import Level, Rule

RULE = Rule(level=Level.ERROR)
