"""One JSON object, format version 1: `schema.json` beside this file says what stands where.

ASCII only, so that no locale and no lone surrogate in a document can spoil it; members always in the same order.
"""

import json

from upheld import __version__
from upheld.changelog import View
from upheld.changelog._words import summary
from upheld.model import Approval, Change, Comparison, Counterexample, Json

FORMAT = 1


def render(comparison: Comparison, _view: View) -> str:
    """Return the object, indented by two, with a newline at the end."""
    return f"{json.dumps(_comparison(comparison), indent=2)}\n"


def _comparison(comparison: Comparison) -> Json:
    return {
        "upheld": {"version": __version__, "format": FORMAT},
        "old": comparison.old,
        "new": comparison.new,
        "changes": [_change(change) for change in comparison.changes],
        "summary": summary(comparison.changes),
        "suggested_version": comparison.suggested_version,
        "remarks": list(comparison.remarks),
    }


def _change(change: Change) -> Json:
    return {
        "rule": change.rule,
        "level": change.level,
        "verdict": change.verdict,
        "proof": change.proof,
        "operations": list(change.operations),
        "tags": list(change.tags),
        "pointer": {"old": change.old, "new": change.new},
        "message": change.message,
        "witness": _witness(change.witness),
        "version": change.version,
        "fingerprint": change.fingerprint,
        "approval": _approval(change.approval),
    }


def _witness(witness: Counterexample | None) -> Json:
    if witness is None:
        return None
    return {
        "side": witness.side,
        "value": witness.value,
        "accepted_by": witness.accepted_by,
        "refused_by": witness.refused_by,
        "exchange": dict(witness.exchange) or None,
    }


def _approval(approval: Approval | None) -> Json:
    return None if approval is None else {"reason": approval.reason, "expires": approval.expires.isoformat()}
