"""The records that every stage shares; stages meet here and nowhere else.

`Contract` and its `Operation`s say what is promised, a `Claim` is what the code says it can do, an `Exchange` is one
request with its answer and what was seen inside the app meanwhile, a `Fault` is what a rule has to say about it, and a
`Finding` is a fault with its rule, level, place and witness filled in by `upheld.run`.
"""

from upheld.model.claim import Assignment, Claim, ClaimKind, Exactly, Presence, Reading, Shaped, Want, Where
from upheld.model.common import AsgiApp, Json, Location, Schema, UpheldError
from upheld.model.exchange import Credentials, Exchange, Raised, Refusal, Request, Sighting, Violation
from upheld.model.finding import (
    Change,
    Evidence,
    Fault,
    Finding,
    Fix,
    Kind,
    Level,
    Note,
    Report,
    Reproduced,
    Retold,
    Rule,
    Sought,
    Tally,
    Witness,
)
from upheld.model.promise import (
    Application,
    Body,
    Contract,
    Handler,
    Header,
    MediaType,
    Member,
    Operation,
    Parameter,
    Response,
)

__all__ = [
    "Application",
    "AsgiApp",
    "Assignment",
    "Body",
    "Change",
    "Claim",
    "ClaimKind",
    "Contract",
    "Credentials",
    "Evidence",
    "Exactly",
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
    "Parameter",
    "Presence",
    "Raised",
    "Reading",
    "Refusal",
    "Report",
    "Reproduced",
    "Request",
    "Response",
    "Retold",
    "Rule",
    "Schema",
    "Shaped",
    "Sighting",
    "Sought",
    "Tally",
    "UpheldError",
    "Violation",
    "Want",
    "Where",
    "Witness",
]
