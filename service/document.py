"""What the documentation says apart from the operations: names, sections, headers."""

from typing import Any

from fastapi.routing import APIRoute
from pydantic.json_schema import models_json_schema

from service.events.schemas import Visit
from service.problem import Problem

DESCRIPTION = """\
Readers register, search the catalogue, order books and review them; the staff keeps the catalogue and reads reports.
What takes long is done after the answer: `GET /jobs/{job_id}` says how far it is.

Every error is a problem (RFC 9457, `application/problem+json`), and every operation lists all that it can answer.
"""

TAGS = [
    {"name": "accounts", "description": "Registering, signing in, and one's own account."},
    {"name": "catalogue", "description": "The books that the shop sells: everybody reads, the staff writes."},
    {"name": "orders", "description": "One's own orders: placed, then paid or cancelled."},
    {"name": "reviews", "description": "What readers say about the books."},
    {"name": "recommendations", "description": "What else a reader may like, learned from orders and reviews."},
    {"name": "reports", "description": "Sales by book, for the staff."},
    {"name": "jobs", "description": "What is being done after the answer that asked for it, for the staff."},
    {"name": "events", "description": "Access logs in, visits a day out, for the staff."},
    {"name": "health", "description": "What an orchestrator asks."},
]


def operation_id(route: APIRoute) -> str:
    """Name an operation after its function: clients call it so, and it survives a new path."""
    return route.name


def schemas() -> dict[str, Any]:
    """Return the components that no route's own models bring along, by name."""
    _, found = models_json_schema(
        [(Problem, "serialization"), (Visit, "validation")], ref_template="#/components/schemas/{model}"
    )
    return dict(found["$defs"])


def located(path: str) -> dict[str, Any]:
    """Document the `Location` of something new, for a route's `responses`; `{id}` stands for its id."""
    return {
        "headers": {
            "Location": {
                "description": "Where to find it.",
                "required": True,
                "schema": {"type": "string", "pattern": f"^{path.replace('{id}', '[0-9]+')}$"},
                "example": path.replace("{id}", "1"),
            }
        }
    }


def file(media_type: str, example: str | None = None) -> dict[str, Any]:
    """Document a body that is no JSON, for a route's `responses`; a text may be shown."""
    told: dict[str, Any] = {"schema": {"type": "string", "contentMediaType": media_type}}
    return {"content": {media_type: told if example is None else {**told, "example": example}}}
