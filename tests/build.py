"""Builders with defaults for every record, so that a test says only what it is about."""

from dataclasses import replace
from typing import Any

from upheld.model import (
    Body,
    Contract,
    Evidence,
    Exchange,
    Finding,
    Handler,
    Header,
    Json,
    Level,
    Location,
    MediaType,
    Member,
    Note,
    Operation,
    Parameter,
    Report,
    Request,
    Response,
    Tally,
    Witness,
)


def operation(documented: str = "200", **overrides: Any) -> Operation:
    """Build `GET /books/{book_id}` with the response keys named in `documented`, separated by blanks."""
    responses = {key: Response(content={}, headers={}) for key in documented.split()}
    return replace(Operation(method="GET", path="/books/{book_id}", responses=responses), **overrides)


def exchange(documented: str = "200", status: int = 200, **overrides: Any) -> Exchange:
    """Build an exchange with `operation(documented)`, a valid request and an empty answer."""
    request = Request(method="GET", target="/books/1")
    return replace(Exchange(operation=operation(documented), request=request, status=status), **overrides)


def request(method: str = "GET", target: str = "/books/1", **overrides: Any) -> Request:
    """Build a request; its header names are to be in lower case."""
    return replace(Request(method=method, target=target), **overrides)


def parameter(name: str, schema: Json, location: str = "query", **overrides: Any) -> Parameter:
    """Build an optional parameter in OpenAPI's default style."""
    style = "form" if location in ("query", "cookie") else "simple"
    base = Parameter(
        name=name,
        location=location,
        required=location == "path",
        schema=schema,
        style=style,
        explode=style == "form",
    )
    return replace(base, **overrides)


def body(schema: Json, media: str = "application/json", *, required: bool = True, **overrides: Any) -> Body:
    """Build a request body of one media type."""
    return Body(required=required, content={media: replace(MediaType(schema=schema), **overrides)})


def response(
    schema: Json = None, media: str = "application/json", headers: dict[str, Header] | None = None
) -> Response:
    """Build a documented response of one media type, whose content is not described unless a schema is given."""
    return Response(content={media: MediaType(schema=schema)}, headers=headers or {})


def handler(*members: Member, endpoint: Any = print, **overrides: Any) -> Handler:
    """Build the function behind an operation, with what FastAPI parses for it."""
    base = Handler(
        qualname="service.books.get_book",
        location=location(line=40, code="def get_book(book_id: int) -> Book:"),
        endpoint=endpoint,
        function=endpoint,
        members=members,
    )
    return replace(base, **overrides)


def location(**overrides: Any) -> Location:
    """Build the line of a `raise`."""
    line = Location(
        path="service/books.py", line=41, code='raise HTTPException(404, "No such book")', qualname="get_book"
    )
    return replace(line, **overrides)


def witness(**overrides: Any) -> Witness:
    """Build a GET request without a body."""
    request = Witness(
        method="GET", target="/books/0", headers={}, body=None, curl="curl -X GET http://testserver/books/0"
    )
    return replace(request, **overrides)


def finding(**overrides: Any) -> Finding:
    """Build an undocumented 404, observed."""
    found = Finding(
        rule="undocumented-status",
        level=Level.ERROR,
        operation="GET /books/{book_id}",
        status=404,
        message="answered 404; the docs list 200, 422",
        evidence=Evidence.OBSERVED,
        location=location(),
        documented="200, 422",
        observed='404 application/json {"detail": "No such book"}',
        request=witness(),
        fingerprint="4c1f0e",
        count=12,
    )
    return replace(found, **overrides)


def note(**overrides: Any) -> Note:
    """Build a note on NaN."""
    base = Note(about="json-nan", message="FastAPI answers 500 to NaN in a JSON body", operations=3)
    return replace(base, **overrides)


def contract(*operations: Operation, **overrides: Any) -> Contract:
    """Build a contract of the operations given; its document is bare."""
    document = {"openapi": "3.1.0", "info": {"title": "Bookshop", "version": "1"}, "paths": {}}
    base = Contract(app="service.app:app", document=document, openapi="3.1.0", sha256="0" * 64, operations=operations)
    return replace(base, **overrides)


def report(*findings: Finding, **overrides: Any) -> Report:
    """Build the report of a check of two operations with the findings given."""
    base = Report(
        app="service.app:app",
        contract=contract(operation(), operation(method="DELETE")),
        findings=findings,
        notes=(),
        operations=Tally(documented=2, seen=2),
        responses=Tally(documented=6, seen=5),
        requests=5400,
        seconds=3.14159,
        seed=0,
    )
    return replace(base, **overrides)
