"""What the documentation says apart from the operations: names, sections, headers."""

from typing import Any

from fastapi.routing import APIRoute

DESCRIPTION = """\
Readers register, search the catalogue and order books; the staff keeps the catalogue.

Every error is a problem (RFC 9457, `application/problem+json`), and every operation lists all that it can answer.
"""

TAGS = [
    {"name": "accounts", "description": "Registering, signing in, and one's own account."},
    {"name": "catalogue", "description": "The books that the shop sells: everybody reads, the staff writes."},
    {"name": "orders", "description": "One's own orders: placed, then paid or cancelled."},
    {"name": "health", "description": "What an orchestrator asks."},
]


def operation_id(route: APIRoute) -> str:
    """Name an operation after its function: clients call it so, and it survives a new path."""
    return route.name


def located(path: str) -> dict[str, Any]:
    """Document the `Location` of something new, for a route's `responses`; `{id}` stands for its id."""
    return {
        "headers": {
            "Location": {
                "description": "Where the new thing is.",
                "required": True,
                "schema": {"type": "string", "pattern": f"^{path.replace('{id}', '[0-9]+')}$"},
                "example": path.replace("{id}", "1"),
            }
        }
    }
