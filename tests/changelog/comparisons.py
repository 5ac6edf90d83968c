"""Comparisons of every kind, for what holds of all formats."""

from dataclasses import replace
from datetime import date
from typing import Any

from upheld.model import Approval, Change, Comparison, Counterexample, Level, Proof, Side, Verdict, Version

NASTY = "\x1b[31m[red]%0A|`*_<b>\r\n::error::\u202e\ud800\x9b"


def change(**overrides: Any) -> Change:
    """Build a member of a request that became required."""
    base = Change(
        rule="request-member-required",
        level=Level.ERROR,
        verdict=Verdict.BREAKING,
        proof=Proof.WITNESS,
        operations=("POST /orders", "PUT /orders/{order_id}"),
        old="/components/schemas/Order/properties/note",
        new="/components/schemas/Order/required/1",
        message="note became required",
        version=Version.MAJOR,
        witness=Counterexample(
            side=Side.REQUEST,
            value={"lines": []},
            accepted_by="old",
            refused_by="new",
            exchange={
                "method": "POST",
                "target": "/orders",
                "headers": {"content-type": "application/json"},
                "body": {"lines": []},
            },
        ),
        fingerprint="4c1f0e",
        tags=("orders",),
    )
    return replace(base, **overrides)


def answer(**overrides: Any) -> Change:
    """Build an answer that may be null."""
    base = change(
        rule="response-null-added",
        operations=("GET /orders",),
        old="/paths/~1orders/get/responses/200",
        new="/paths/~1orders/get/responses/200",
        message="may be null now",
        witness=Counterexample(
            side=Side.RESPONSE,
            value=None,
            accepted_by="new",
            refused_by="old",
            exchange={"status": 200, "headers": {}, "body": None},
        ),
    )
    return replace(base, **overrides)


def added(**overrides: Any) -> Change:
    """Build an operation that is new."""
    base = change(
        rule="operation-added",
        level=Level.NOTE,
        verdict=Verdict.COMPATIBLE,
        proof=Proof.STRUCTURE,
        operations=("GET /books",),
        old=None,
        new="/paths/~1books/get",
        message="GET /books is new",
        version=Version.MINOR,
        witness=None,
        fingerprint="7a",
        tags=(),
    )
    return replace(base, **overrides)


UNDECIDED = change(
    rule="schema-changed",
    level=Level.WARNING,
    verdict=Verdict.UNDECIDED,
    operations=(),
    message="cannot be decided",
    witness=None,
    version=Version.MINOR,
)
APPROVAL = Approval(
    rule="request-member-required",
    fingerprint="4c1f0e",
    change="note became required",
    operations=("POST /orders",),
    reason="all clients send it",
    expires=date(2026, 5, 1),
)


def comparison(*changes: Change, **overrides: Any) -> Comparison:
    """Build a comparison of two files."""
    return replace(Comparison(old="a.json", new="b.json", changes=changes), **overrides)


COMPARISONS = {
    "nothing": comparison(),
    "no base": comparison(old=None, remarks=("no contract at abc yet",)),
    "one": comparison(change()),
    "all verdicts": comparison(change(), answer(), UNDECIDED, added()),
    "approved": comparison(change(approval=APPROVAL)),
    "a bare value": comparison(
        change(witness=Counterexample(side=Side.REQUEST, value=-1, accepted_by="old", refused_by="new"))
    ),
    "nasty": comparison(
        change(
            message=NASTY,
            operations=(f"GET /{NASTY}",),
            old=NASTY,
            tags=(NASTY,),
            approval=replace(APPROVAL, reason=NASTY),
            witness=Counterexample(
                side=Side.RESPONSE,
                value=NASTY,
                accepted_by="new",
                refused_by="old",
                exchange={"status": 200, "headers": {NASTY: NASTY, "x": 1}, "body": NASTY},
            ),
        ),
        new=NASTY,
    ),
}
