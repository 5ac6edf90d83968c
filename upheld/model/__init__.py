"""The records that every stage shares; stages meet here and nowhere else.

`Contract` and its `Operation`s say what is promised, a `Claim` is what the code says it can do, an `Exchange` is one
request with its answer and what was seen inside the app meanwhile, a `Fault` is what a rule has to say about it, and a
`Finding` is a fault with its rule, level, place and witness filled in by `upheld.run`. A `Change` is what became of one
part of a contract between two versions of it, and whether that breaks a client.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from upheld.model.change import (
        Approval,
        Change,
        Comparison,
        Counterexample,
        Entry,
        Policy,
        Proof,
        Side,
        Verdict,
        Version,
    )
    from upheld.model.claim import Assignment, Claim, ClaimKind, Exactly, Presence, Reading, Shaped, Want, Where
    from upheld.model.common import AsgiApp, Json, Level, Location, Schema, UpheldError
    from upheld.model.exchange import (
        TRANSPORTS,
        Blocking,
        Credentials,
        Exchange,
        Padding,
        Raised,
        Read,
        Refusal,
        Request,
        Sighting,
        Violation,
    )
    from upheld.model.finding import (
        Case,
        Difference,
        Evidence,
        Fault,
        Finding,
        Fix,
        Kind,
        Note,
        Report,
        Reproduced,
        Retold,
        RoundTrip,
        Rule,
        Safety,
        Sought,
        Tally,
        Unseen,
        Witness,
    )
    from upheld.model.promise import (
        Application,
        Body,
        Called,
        Contract,
        Example,
        Handler,
        Header,
        MediaType,
        Member,
        Operation,
        Parameter,
        Response,
    )

__all__ = [
    "TRANSPORTS",
    "Application",
    "Approval",
    "AsgiApp",
    "Assignment",
    "Blocking",
    "Body",
    "Called",
    "Case",
    "Change",
    "Claim",
    "ClaimKind",
    "Comparison",
    "Contract",
    "Counterexample",
    "Credentials",
    "Difference",
    "Entry",
    "Evidence",
    "Exactly",
    "Example",
    "Exchange",
    "Fault",
    "Finding",
    "Fix",
    "Handler",
    "Header",
    "Json",
    "Kind",
    "Level",
    "Location",
    "MediaType",
    "Member",
    "Note",
    "Operation",
    "Padding",
    "Parameter",
    "Policy",
    "Presence",
    "Proof",
    "Raised",
    "Read",
    "Reading",
    "Refusal",
    "Report",
    "Reproduced",
    "Request",
    "Response",
    "Retold",
    "RoundTrip",
    "Rule",
    "Safety",
    "Schema",
    "Shaped",
    "Side",
    "Sighting",
    "Sought",
    "Tally",
    "Unseen",
    "UpheldError",
    "Verdict",
    "Version",
    "Violation",
    "Want",
    "Where",
    "Witness",
]

MODULES = ("common", "change", "promise", "claim", "exchange", "finding")
"""In the order in which they are looked through: one that needs others comes behind them."""


def __getattr__(name: str) -> object:
    """Import a record's module when it is first asked for: a record takes a millisecond to make, and most are not used.

    Errors: AttributeError for what no module has.
    """
    if name in __all__:
        for module in MODULES:
            found = getattr(import_module(f"{__name__}.{module}"), name, None)
            if found is not None:
                globals()[name] = found
                return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
