"""The records that every stage shares; stages meet here and nowhere else.

`Contract` and its `Operation`s say what is promised, a `Claim` is what the code says it can do, an `Exchange` is one
request with its answer and what was seen inside the app meanwhile, a `Fault` is what a rule has to say about it, and a
`Finding` is a fault with its rule, level, place and witness filled in by `upheld.run`.
"""

from upheld.model.claim import Assignment, Claim, ClaimKind, Exactly, Presence, Reading, Shaped, Want, Where
from upheld.model.common import AsgiApp, Json, Location, Schema, UpheldError
from upheld.model.exchange import Blocking, Credentials, Exchange, Raised, Refusal, Request, Sighting, Violation
from upheld.model.finding import Change, Evidence, Fault, Finding, Fix, Kind, Level, Note, Report, Rule, Tally, Witness
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
    "Application",
    "AsgiApp",
    "Assignment",
    "Blocking",
    "Body",
    "Called",
    "Change",
    "Claim",
    "ClaimKind",
    "Contract",
    "Credentials",
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
    "Parameter",
    "Presence",
    "Raised",
    "Reading",
    "Refusal",
    "Report",
    "Request",
    "Response",
    "Rule",
    "Schema",
    "Shaped",
    "Sighting",
    "Tally",
    "UpheldError",
    "Violation",
    "Want",
    "Where",
    "Witness",
]
