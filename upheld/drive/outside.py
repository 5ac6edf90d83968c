"""What can be said of an answer from outside alone: which answers may be the framework's own, or the server's.

In process the frame that answered tells. Over HTTP only words and circumstances do, so this list is the wider one:
what may be the framework's doing is not judged.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from upheld import framework
from upheld.drive.asgi import Answer
from upheld.drive.leniency import Types
from upheld.drive.members import value_at
from upheld.media import FORMS, is_json, media_type, parse_json
from upheld.model import Json, Operation, Raised, Refusal, Request, Sighting, Violation

_ODD = re.compile(r"[^!-.0-~]|^\.{0,2}$")
"""Text in a path that a router, or a server before it, may read as something else: a slash, a dot, nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One answer with all that is known about it."""

    answer: Answer
    request: Request
    operation: Operation
    violations: tuple[Violation, ...] | None

    @property
    def status(self) -> int:
        return self.answer.status

    def header(self, name: bytes) -> str:
        return next((v.decode("latin-1") for n, v in self.answer.headers if n.lower() == name), "")

    @property
    def detail(self) -> Json:
        """The `detail` of FastAPI's own errors."""
        body = _parsed(self.answer)
        return body.get("detail") if isinstance(body, dict) and body.keys() == {"detail"} else None

    def says(self, text: bytes) -> bool:
        return self.answer.body.strip() == text and media_type(self.header(b"content-type")) in ("text/plain", "")

    @property
    def may_miss_the_route(self) -> bool:
        """Whether the path may not be what it seems to whoever routes it."""
        path = self.request.target.partition("?")[0]
        pattern = "([^/]*)".join(re.escape(part) for part in re.split(r"\{[^}]*\}", self.operation.path))
        found = re.fullmatch(pattern, path)
        if found is None or any(_ODD.search(unquote(text)) for text in found.groups()):
            return True
        return self.violations is None or any(violation.where[0] == "path" for violation in self.violations)


def sighting(
    answer: Answer, request: Request, operation: Operation, violations: tuple[Violation, ...] | None, types: Types
) -> Sighting:
    """Say what an answer shows of what happened inside."""
    case = _Case(answer=answer, request=request, operation=operation, violations=violations)
    escaped = None
    if answer.escaped is not None:
        escaped = Raised(kind="an exception", message="the connection was closed before the end", location=None)
    return Sighting(
        quirk=next((name for name, matches in _QUIRKS if matches(case)), None),
        refusals=tuple(_refusals(case, types)) if answer.status == 422 else (),
        escaped=escaped,
    )


def undecided(seen: Sighting, status: int, violations: tuple[Violation, ...] | None) -> bool:
    """Return whether a 422 leaves open what was wrong with a valid request: it may be what a bare type refuses."""
    return status == 422 and violations == () and not seen.refusals


def _refusals(case: _Case, types: Types) -> Iterator[Refusal]:
    """Read the errors of FastAPI's own 422, which say what was refused, where and why."""
    detail = case.detail
    if not isinstance(detail, list) or not all(isinstance(one, dict) and "loc" in one for one in detail):
        return
    for entry in detail:
        where, kind = tuple(entry["loc"] or ()), str(entry.get("type", ""))
        value = value_at(case.request, where) if kind == "missing" and where else entry.get("input")
        bare = not where or where[0] not in ("path", "query", "header", "cookie", "body")
        yield Refusal(
            where=where, kind=kind, message=str(entry.get("msg", "")), bare=bare or types.refuses(where, kind, value)
        )


def _parsed(answer: Answer) -> Json:
    sent = next((v.decode("latin-1") for n, v in answer.headers if n.lower() == b"content-type"), "")
    if not is_json(media_type(sent)):
        return None
    try:
        return parse_json(bytes(answer.body))
    except (ValueError, RecursionError):
        return None


def _is_form_refused(case: _Case) -> bool:
    is_form = media_type(case.request.header("content-type")) in FORMS
    return case.status == 400 and is_form and case.violations != () and isinstance(case.detail, str)


def _is_slash_redirect(case: _Case) -> bool:
    place = case.header(b"location").partition("?")[0]
    path = case.request.target.partition("?")[0]
    other = path[:-1] if path.endswith("/") else f"{path}/"
    return case.status == 307 and bool(other) and place.endswith(other)


def _is_scheme_redirect(case: _Case) -> bool:
    place = case.header(b"location")
    path = case.request.target.partition("?")[0]
    return case.status in (301, 302, 307, 308) and place.startswith("https://") and path in place


def _is_method_refused(case: _Case) -> bool:
    allowed = {method.strip().upper() for method in case.header(b"allow").split(",")} - {""}
    return case.status == 405 and bool(allowed) and case.request.method not in allowed


_QUIRKS: tuple[tuple[str, Callable[[_Case], bool]], ...] = (
    ("server-refused", lambda case: case.status == 400 and case.says(b"Invalid HTTP request received.")),
    ("server-refused", lambda case: case.status in (414, 431)),
    ("host-refused", lambda case: case.status == 400 and case.says(b"Invalid host header")),
    ("body-unparsable", lambda case: case.status == 400 and case.detail == "There was an error parsing the body"),
    ("form-unparsable", _is_form_refused),
    ("redirect-slashes", _is_slash_redirect),
    ("scheme-redirected", _is_scheme_redirect),
    ("method-not-allowed", _is_method_refused),
    ("router-not-found", lambda case: case.status in (400, 404) and case.may_miss_the_route),
    ("json-nan", lambda case: case.status == 500 and framework.unprintable(case.request)),
    ("json-null", lambda case: framework.may_be_nulled(case.answer.body, case.request)),
)
"""By id of `upheld.framework`, the first that matches: where in process a frame tells, here words have to."""
