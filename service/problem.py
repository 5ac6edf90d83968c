"""The one body of every error, RFC 9457's problem details, and the documentation of it.

FastAPI's `responses={404: {"model": Problem}}` would document `application/json`, which is not what is sent. So a route
says `responses=problem.responses(404, 409)`, and `document.schemas()` adds the schema.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from pydantic import Field
from starlette.exceptions import HTTPException

from service.wire import ResponseBody

MEDIA_TYPE = "application/problem+json"
MAX_FAULTS = 100

WHY = {
    400: "The body could not be read: it is not what its media type says.",
    401: "Nobody is signed in, or the credentials are not, or no longer, good.",
    403: "The one who is signed in may not do this.",
    404: "There is nothing under this id.",
    409: "The present state does not allow this.",
    412: "It is not, or no longer, what `If-Match` says.",
    413: "The body is longer than the service takes.",
    415: "The file is of a kind that the service does not take.",
    422: "The request was read, but a value in it is outside the documented limits.",
    429: "Too many attempts; `Retry-After` says how many seconds to wait.",
    503: "A part that the service needs does not answer.",
}
"""Every error status that an operation may document, and what it says there."""

CHALLENGES = ["Bearer", 'Bearer error="invalid_token"']
"""The values of `WWW-Authenticate` (RFC 6750, section 3): no token at all, and a token that is not good."""

_HEADERS: dict[int, dict[str, Any]] = {
    401: {
        "WWW-Authenticate": {
            "description": "How to authenticate (RFC 6750).",
            "required": True,
            "schema": {"type": "string", "enum": CHALLENGES},
        }
    },
    429: {
        "Retry-After": {
            "description": "Seconds to wait.",
            "required": True,
            "schema": {"type": "integer", "minimum": 0},
        }
    },
}


class Fault(ResponseBody):
    """One value that was refused."""

    pointer: Annotated[
        str,
        Field(
            description="A JSON Pointer to it; the first token is `body`, `path` or `query`.",
            json_schema_extra={"format": "json-pointer"},
        ),
    ]
    detail: Annotated[str, Field(description="What is expected there.")]


class Problem(ResponseBody):
    """What went wrong (RFC 9457)."""

    type: Literal["about:blank"] = "about:blank"
    title: Annotated[str, Field(description="The status in words.")]
    status: Annotated[int, Field(ge=400, le=599, description="The status of the answer.")]
    detail: Annotated[str, Field(description="What went wrong this time, for a human reader.")]
    errors: Annotated[tuple[Fault, ...], Field(max_length=MAX_FAULTS, description="The refused values, if any.")] = ()


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Document these error statuses, for a route's `responses`."""
    return {status: _response(status) for status in statuses}


def install(app: FastAPI) -> None:
    """Make every error of the application a problem, also those that FastAPI and Starlette raise themselves."""
    app.exception_handler(HTTPException)(_on_http_exception)
    app.exception_handler(RequestValidationError)(_on_invalid_request)
    app.exception_handler(Exception)(_on_crash)


_TITLES = {413: "Content Too Large", 422: "Unprocessable Content"}
"""RFC 9110's words where the standard library has older ones before Python 3.13."""


def _title(status: int) -> str:
    return _TITLES.get(status) or HTTPStatus(status).phrase


def _response(status: int) -> dict[str, Any]:
    errors = (Fault(pointer="/body/stock", detail="Input should be a valid integer"),) if status == 422 else ()
    example = Problem(title=_title(status), status=status, detail=WHY[status], errors=errors).model_dump(mode="json")
    told: dict[str, Any] = {
        "description": WHY[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
    }
    if status in _HEADERS:
        told["headers"] = _HEADERS[status]
    return told


def _answer(
    status: int, detail: str, errors: tuple[Fault, ...] = (), headers: Mapping[str, str] | None = None
) -> Response:
    problem = Problem(title=_title(status), status=status, detail=detail, errors=errors)
    return Response(problem.model_dump_json(), status, headers, MEDIA_TYPE)


async def _on_http_exception(request: Request, error: HTTPException) -> Response:
    headers = {"Allow": ", ".join(sorted(_allowed(request)))} if error.status_code == 405 else error.headers
    return _answer(error.status_code, error.detail, headers=headers)


async def _on_invalid_request(_request: Request, error: RequestValidationError) -> Response:
    found = error.errors()
    if found[0]["type"] == "json_invalid":  # FastAPI says 422 here, and 400 for bytes that are not even text
        return _answer(400, f"The body is not JSON: {found[0]['ctx']['error']} at character {found[0]['loc'][-1]}.")
    count = f"{len(found)} values were" if len(found) > 1 else "1 value was"
    faults = tuple(Fault(pointer=_pointer(each["loc"]), detail=each["msg"]) for each in found[:MAX_FAULTS])
    return _answer(422, f"{count} refused.", faults)


async def _on_crash(_request: Request, _error: Exception) -> Response:
    return _answer(500, "The service failed; the failure is logged.")


def _allowed(request: Request) -> set[str]:
    """Return every method of an address; Starlette names those of the first route only (RFC 9110 wants all)."""
    path = request.scope["path"]
    routes = (route for route in iter_route_contexts(request.app.routes) if route.path_regex.match(path))
    return {method for route in routes for method in route.methods or ()}


def _pointer(place: tuple[int | str, ...]) -> str:
    """Write a place as a JSON Pointer (RFC 6901); member names are the sender's and may hold anything."""
    tokens = (str(token).replace("~", "~0").replace("/", "~1") for token in place)
    return "".join(f"/{token}" for token in tokens).encode(errors="replace").decode()
