"""A request that satisfies the documented parameters and body is refused.

Why: a client that does all the docs ask for is told that it did not.
Bad:
    class Pet(BaseModel):
        name: str
        @field_validator("name")
        def short(cls, name): assert len(name) < 10; return name
    @app.post("/pets")
    def add(pet: Pet): return pet
Good:
    class Pet(BaseModel):
        name: Annotated[str, Field(max_length=9)]
    @app.post("/pets")
    def add(pet: Pet): return pet
Source: OpenAPI 3.1.1, Parameter Object and Request Body Object.
"""

from collections.abc import Iterator

from upheld.model import Exchange, Fault, Level, Refusal, Rule


def check(seen: Exchange) -> Iterator[Fault]:
    """Yield one message when validation refuses a valid request for a reason of the author's."""
    if seen.violations != () or not 400 <= seen.status < 500:
        return
    refusals = [refusal for refusal in seen.seen.refusals if not refusal.bare]
    if refusals:
        first = refusals[0]
        handler, raised = seen.operation.handler, seen.seen.raised
        by_author = raised.location if raised is not None else None
        yield Fault(
            f"refused a request that the docs allow: {_place(first)} {first.message}",
            status=seen.status,
            location=first.location or by_author or (handler.location if handler is not None else None),
            documented="a valid request",
            observed=f"{seen.status}: {first.message}",
        )
    elif seen.status == 422 and not seen.seen.refusals and _means_validation(seen):
        yield Fault(
            "answered 422 to a request that the docs allow",
            status=422,
            location=seen.seen.decided,
            documented="a valid request; 422 stands for a broken one",
            observed="422",
        )


def _place(refusal: Refusal) -> str:
    return ".".join(map(str, refusal.where))


def _means_validation(seen: Exchange) -> bool:
    """Whether the documented 422 is the one FastAPI adds: the author never said that it means something else."""
    documented = seen.operation.responses.get("422")
    schemas = [entry.schema for entry in documented.content.values()] if documented is not None else []
    return any(
        isinstance(schema, dict) and schema.get("$ref", "").endswith("/HTTPValidationError") for schema in schemas
    )


RULE = Rule(level=Level.ERROR, exchange=check)
