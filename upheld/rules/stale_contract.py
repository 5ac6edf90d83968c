"""The committed contract is not what the app exports now.

Why: what is reviewed is the committed file; a change that is not in it was never reviewed.
Bad:
    A route is added, and contracts/openapi.json stays as it was.
Good:
    A route is added, "upheld export" is run, and both are committed together.
Source: `upheld export --check`.
"""

from collections.abc import Iterator

from upheld.model import Difference, Fault, Level, Rule


def check(difference: Difference) -> Iterator[Fault]:
    """Yield one message for each difference."""
    yield Fault(difference.message, documented=difference.pointer, observed=difference.kind)


RULE = Rule(level=Level.ERROR, difference=check)
