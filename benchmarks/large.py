"""A large document as FastAPI would export it: many operations, models that refer to each other, one error body.

`python -m benchmarks.large 1000 large.json` writes one; `document` makes it, the same for the same seed.
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NOUNS = (
    "account", "address", "article", "basket", "book", "branch", "campaign", "carrier", "category", "comment",
    "contract", "country", "coupon", "currency", "customer", "delivery", "discount", "document", "employee", "event",
    "feature", "gift", "invoice", "item", "job", "label", "ledger", "loan", "location", "member", "message", "notice",
    "offer", "order", "parcel", "partner", "payment", "picture", "plan", "price", "product", "profile", "project",
    "rating", "refund", "region", "report", "request", "reservation", "review", "role", "route", "sale", "schedule",
    "section", "shelf", "shipment", "shop", "stock", "supplier", "tariff", "task", "team", "ticket", "token", "user",
    "vendor", "voucher", "warehouse", "wish",
)  # fmt: skip
TRAITS = (
    "active", "amount", "city", "code", "colour", "comment", "count", "created_at", "depth", "description", "due_on",
    "email", "full_name", "height", "language", "last_seen_at", "level", "limit", "lines", "name", "note", "number",
    "owner", "parent", "priority", "quantity", "reason", "score", "size", "state", "street", "summary", "tags", "title",
    "total_cents", "unit", "updated_at", "url", "version", "weight",
)  # fmt: skip
STATES = ("draft", "open", "waiting", "paid", "packed", "sent", "delivered", "returned", "cancelled", "archived")
DOMAIN = 10
"""So many operations make a domain, whose models know each other."""
MEMBERS = (5, 13)
"""How many members a model has."""
Document = dict[str, Any]


def document(operations: int, *, seed: int = 0) -> Document:
    """Return a document of so many operations, with three models of its own for each."""
    chance = random.Random(seed)
    schemas: Document = dict(_shared())
    paths: Document = {}
    domain: Document = {}
    for number in range(operations):
        if number % DOMAIN == 0:
            domain = dict(_shared())
        noun = NOUNS[number % len(NOUNS)]
        stem = f"{noun.title()}{number // len(NOUNS)}"
        for kind in ("In", "Out", "Detail"):
            name = f"{stem}{kind}"
            domain[name] = schemas[name] = _model(chance, name, domain)
        reads = number % 2 == 0
        path = f"/{noun}s{number // len(NOUNS)}/{{{noun}_id}}" if reads else f"/{noun}s{number // len(NOUNS)}"
        paths.setdefault(path, {})["get" if reads else "post"] = _operation(chance, noun, stem, number, reads=reads)
    return {
        "openapi": "3.1.0",
        "info": {"title": "A large service", "version": "1.0.0"},
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {
                "OAuth2PasswordBearer": {"type": "oauth2", "flows": {"password": {"scopes": {}, "tokenUrl": "token"}}}
            },
        },
    }


def edited(made: Document, share: float, *, seed: int = 0) -> Document:
    """Return a document of which a share of the models was changed, as a release changes them.

    A member becomes optional, required or nullable, goes or comes.
    """
    chance = random.Random(seed)
    schemas = {
        name: _edited(chance, part) if chance.random() < share else part
        for name, part in made["components"]["schemas"].items()
    }
    return made | {"components": made["components"] | {"schemas": schemas}}


def _edited(chance: random.Random, model: Document) -> Document:
    members = dict(model.get("properties") or {})
    if not members:
        return model
    required = [*model.get("required", ())]
    name = chance.choice(list(members))
    match chance.randrange(4):
        case 0:
            required = [other for other in required if other != name] if name in required else [*required, name]
        case 1:
            del members[name]
            required = [other for other in required if other != name]
        case 2:
            members["added_since"] = {"type": "string", "title": "Added Since"}
        case _:
            members[name] = {"anyOf": [members[name], {"type": "null"}]}
    return model | {"properties": members, "required": required}


def _shared() -> Iterator[tuple[str, Document]]:
    yield (
        "HTTPValidationError",
        _object(
            "HTTPValidationError", {"detail": {"items": _ref("ValidationError"), "type": "array", "title": "Detail"}}
        ),
    )
    yield (
        "ValidationError",
        _object(
            "ValidationError",
            {
                "loc": {
                    "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
                    "type": "array",
                    "title": "Location",
                },
                "msg": {"type": "string", "title": "Message"},
                "type": {"type": "string", "title": "Error Type"},
            },
            "loc",
            "msg",
            "type",
        ),
    )
    problem = {name: {"type": "string", "title": name.title()} for name in ("type", "title", "detail", "instance")}
    status = {"type": "integer", "maximum": 599, "minimum": 400, "title": "Status"}
    yield "Problem", _object("Problem", problem | {"status": status}, "type", "title", "status")
    yield "State", {"type": "string", "enum": list(STATES), "title": "State"}


def _object(title: str, properties: Document, *required: str) -> Document:
    found = {"properties": properties, "type": "object"}
    return found | ({"required": list(required)} if required else {}) | {"title": title}


def _model(chance: random.Random, title: str, known: Document) -> Document:
    names = chance.sample(TRAITS, chance.randint(*MEMBERS))
    properties = {"id": {"type": "integer", "minimum": 1, "title": "Id", "description": f"The number of the {title}."}}
    properties |= {name: _member(chance, name, known) for name in names}
    required = [name for name in names if "anyOf" not in properties[name] and "default" not in properties[name]]
    return _object(title, properties, "id", *required) | {"description": f"What is known of a {title}, in short."}


def _member(chance: random.Random, name: str, known: Document) -> Document:
    title = name.replace("_", " ").title()
    told = {"title": title, "description": f"The {name.replace('_', ' ')}, as it was given when it was last changed."}
    texts = {"type": "string", "minLength": 1, "maxLength": chance.choice((40, 80, 200, 2000))}
    kinds: tuple[Document, ...] = (
        texts,
        {"type": "string", "pattern": "^[A-Z]{2}[0-9]{4,8}$"},
        {"type": "string", "format": chance.choice(("date", "date-time", "uuid", "email"))},
        {"type": "integer", "minimum": 0, "maximum": chance.choice((10, 1000, 100_000))},
        {"type": "number", "exclusiveMinimum": 0},
        {"type": "boolean", "default": chance.random() < 0.5},
        {"type": "string", "enum": sorted(chance.sample(STATES, 4))},
        {"anyOf": [texts, {"type": "null"}]},
        {"anyOf": [_ref(_one_of(chance, known)), {"type": "null"}]},
        {"anyOf": [_ref(_one_of(chance, known)), _ref(_one_of(chance, known)), {"type": "string"}]},
        {"items": _ref(_one_of(chance, known)), "type": "array", "maxItems": 100},
        {"items": {"type": "string"}, "type": "array", "uniqueItems": True},
        {"additionalProperties": {"type": "integer"}, "type": "object"},
        {"$ref": "#/components/schemas/State"},
    )
    kind = chance.choice(kinds)
    return kind if "$ref" in kind else kind | told


def _one_of(chance: random.Random, known: Document) -> str:
    """Return the name of a model of the same domain that was made before."""
    return chance.choice(list(known))


def _ref(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def _operation(chance: random.Random, noun: str, stem: str, number: int, *, reads: bool) -> Document:
    verb = "get" if reads else "create"
    errors = {"401": "Not signed in", "403": "Not allowed", "404": "No such thing", "409": "In the way"}
    content = {"application/json": {"schema": _ref(f"{stem}Out" if reads else f"{stem}Detail")}}
    responses: Document = {"200" if reads else "201": {"description": "Successful Response", "content": content}}
    for status, told in errors.items():
        responses[status] = {"description": told, "content": {"application/problem+json": {"schema": _ref("Problem")}}}
    responses["422"] = {
        "description": "Validation Error",
        "content": {"application/json": {"schema": _ref("HTTPValidationError")}},
    }
    found: Document = {
        "tags": [f"{noun}s"],
        "summary": f"{verb.title()} {noun.title()}",
        "description": f"{verb.title()} one {noun} of those that whoever is signed in may see, with its parts.",
        "operationId": f"{verb}_{noun}_{number}",
        "parameters": list(_parameters(chance, noun, reads=reads)),
        "security": [{"OAuth2PasswordBearer": []}],
    }
    if not reads:
        content = {"application/json": {"schema": _ref(f"{stem}In")}}
        found["requestBody"] = {"required": True, "content": content}
    return found | {"responses": responses}


def _parameters(chance: random.Random, noun: str, *, reads: bool) -> Iterator[Document]:
    if reads:
        name = f"{noun}_id"
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "integer", "title": name.title()}}
    for name in chance.sample(TRAITS, 4):
        schema = {"anyOf": [{"type": "string", "maxLength": 80}, {"type": "null"}], "title": name.title()}
        yield {
            "name": name,
            "in": "query",
            "required": False,
            "schema": schema,
            "description": f"Only those with this {name}.",
        }


if __name__ == "__main__":
    text = json.dumps(document(int(sys.argv[1]), seed=int(sys.argv[3]) if len(sys.argv) > 3 else 0), indent=2)
    Path(sys.argv[2]).write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(f"{sys.argv[2]}: {len(text) / 1e6:.1f} MB\n")
