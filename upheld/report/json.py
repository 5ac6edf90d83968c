"""One JSON object, format version 1: `schema.json` beside this file says what stands where.

ASCII only, so that no locale and no lone surrogate in an answer can spoil it; members always in the same order.
"""

import json

from upheld import __version__
from upheld.model import Finding, Fix, Json, Location, Note, Report, RoundTrip, Witness
from upheld.report import View

FORMAT = 1


def render(report: Report, _view: View) -> str:
    """Return the object, indented by two, with a newline at the end."""
    return f"{json.dumps(_report(report), indent=2)}\n"


def _report(report: Report) -> Json:
    return {
        "upheld": {"version": __version__, "format": FORMAT},
        "app": report.app,
        "contract": {
            "openapi": report.contract.openapi,
            "sha256": report.contract.sha256,
            "operations": len(report.contract.operations),
        },
        "findings": [_finding(finding) for finding in report.findings],
        "notes": [_note(note) for note in report.notes],
        "coverage": {
            "operations": {"documented": report.operations.documented, "answered": report.operations.seen},
            "responses": {"documented": report.responses.documented, "seen": report.responses.seen},
            **({} if report.trip is None else {"round_trip": _round_trip(report.trip)}),
        },
        "stats": {"requests": report.requests, "seconds": round(report.seconds, 3), "seed": report.seed},
    }


def _round_trip(trip: RoundTrip) -> Json:
    return {
        "modes": list(trip.modes),
        "called": trip.operations.seen,
        "seen": trip.responses.documented,
        "met": trip.responses.seen,
        "missed": [{"operation": one.operation, "responses": list(one.responses)} for one in trip.missed],
    }


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "level": finding.level,
        "operation": finding.operation,
        "status": finding.status,
        "message": finding.message,
        "evidence": finding.evidence,
        "location": _location(finding.location),
        "documented": finding.documented,
        "observed": finding.observed,
        "request": None if finding.request is None else _request(finding.request),
        "fix": _fix(finding.fix),
        "flaky": finding.flaky,
        "fingerprint": finding.fingerprint,
        "count": finding.count,
    }


def _location(location: Location | None) -> Json:
    return None if location is None else {"path": location.path, "line": location.line, "code": location.code}


def _request(request: Witness) -> Json:
    return {
        "method": request.method,
        "target": request.target,
        "headers": dict(request.headers),
        "body": request.body,
        "curl": request.curl,
        "after": [_request(earlier) for earlier in request.after],
    }


def _fix(fix: Fix | None) -> Json:
    return None if fix is None else {"summary": fix.summary, "diff": fix.diff, "safety": fix.safety}


def _note(note: Note) -> Json:
    return {"about": note.about, "message": note.message, "operations": note.operations}
