"""Experiments on prices, read and changed with conditional requests."""

import hashlib
import inspect
from collections.abc import Callable
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Path, Request, Response
from pydantic import BaseModel, Field, computed_field, model_validator

# class-based views


def operation(method: str, path: str = "", **options: Any) -> Callable[[Callable], Callable]:
    """Marks a method as an operation, to be served once its class is."""

    def mark(function: Callable) -> Callable:
        function.__dict__.setdefault("operations", []).append((method, path, options))
        return function

    return mark


def serve(router: APIRouter) -> Callable[[type], type]:
    """Adds the operations of a class to the router; `self` is an instance made for the request."""

    def add(cls: type) -> type:
        for function in [f for f in vars(cls).values() if hasattr(f, "operations")]:
            signature = inspect.signature(function)
            first, *others = signature.parameters.values()
            instance = first.replace(default=Depends(cls), kind=inspect.Parameter.KEYWORD_ONLY)
            keywords = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in others]
            function.__signature__ = signature.replace(parameters=[instance, *keywords])
            for method, path, options in function.operations:
                router.add_api_route(path, function, methods=[method], **options)
        return cls

    return add


# models


class Variant(BaseModel):
    name: Annotated[str, Field(pattern="^[a-z]{1,12}$")]
    cents: Annotated[int, Field(ge=0, le=1_000_000)]
    weight: Annotated[int, Field(ge=0, le=100)] = 1


class ExperimentIn(BaseModel):
    title: Annotated[str, Field(max_length=80)]
    variants: Annotated[list[Variant], Field(max_length=8)]

    @model_validator(mode="after")
    def merge_namesakes(self) -> "ExperimentIn":
        """Of variants with the same name the last one counts."""
        self.variants = list({variant.name: variant for variant in self.variants}.values())
        return self


class Experiment(ExperimentIn):
    slug: str
    revision: Annotated[int, Field(ge=1)] = 1

    @computed_field
    @property
    def mean_cents(self) -> int | None:
        total = sum(variant.weight for variant in self.variants)
        return sum(v.cents * v.weight for v in self.variants) // total if total else None

    @property
    def etag(self) -> str:
        return '"' + hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16] + '"'


class Error(BaseModel):
    detail: str


class Etags:
    """The header of a condition: none, any, or a list of tags."""

    def __init__(self, header: str | None) -> None:
        self.given = header is not None
        self.tags = {tag.strip().removeprefix("W/") for tag in (header or "").split(",")}

    def match(self, experiment: Experiment | None) -> bool:
        return experiment is not None and bool(self.tags & {"*", experiment.etag})


Slug = Annotated[str, Path(pattern="^[a-z0-9-]{1,40}$")]
ETAG = {"ETag": {"required": True, "schema": {"type": "string", "pattern": '^"[0-9a-f]{16}"$'}}}
experiments: dict[str, Experiment] = {}


def tagged(*statuses: int, **more: Any) -> dict[int | str, dict[str, Any]]:
    return {status: {"description": "With its tag", "headers": ETAG, **more} for status in statuses}


class Refusals(dict[int | str, dict[str, Any]]):
    texts: ClassVar[dict[int, str]] = {
        404: "No such experiment",
        412: "The condition does not hold",
        428: "A condition is needed",
    }

    def __init__(self, *statuses: int) -> None:
        super().__init__({status: {"model": Error, "description": self.texts[status]} for status in statuses})


class Base:
    def __init__(self, response: Response, slug: Slug) -> None:
        self.response = response
        self.slug = slug

    @property
    def current(self) -> Experiment:
        if self.slug in experiments:
            return experiments[self.slug]
        raise HTTPException(404, Refusals.texts[404])

    def send(self, experiment: Experiment, status: int | None = None) -> Experiment:
        self.response.headers["ETag"] = experiment.etag
        if status is not None:
            self.response.status_code = status
        return experiment


router = APIRouter(prefix="/experiments", tags=["experiments"])


@router.get("", name="list")
def listing(running: bool | None = None) -> list[Experiment]:
    found = sorted(experiments.values(), key=lambda e: e.slug)
    return found if running is None else [e for e in found if bool(e.variants) == running]


@serve(router)
class Reading(Base):
    def __init__(
        self,
        request: Request,
        response: Response,
        slug: Slug,
        if_none_match: Annotated[str | None, Header(max_length=400)] = None,
    ) -> None:
        super().__init__(response, slug)
        self.head = request.method == "HEAD"
        self.known = Etags(if_none_match)

    def _unchanged(self) -> Response | None:
        if not self.known.match(self.current):
            return None
        return Response(status_code=304, headers={"ETag": self.current.etag})

    @operation("GET", "/{slug}", responses=tagged(200, 304) | Refusals(404), response_model=Experiment)
    def get(self):
        return self._unchanged() or self.send(self.current)

    @operation(
        "HEAD",
        "/{slug}",
        responses=tagged(200, 304) | {404: {"description": "No such experiment"}},
        response_class=Response,
    )
    def head_only(self):
        return self._unchanged() or Response(headers={"ETag": self.current.etag})


@serve(router)
class Writing(Base):
    def __init__(
        self,
        response: Response,
        slug: Slug,
        if_match: Annotated[str | None, Header(max_length=400)] = None,
        if_none_match: Annotated[str | None, Header(max_length=400)] = None,
    ) -> None:
        super().__init__(response, slug)
        self.expected = Etags(if_match)
        self.excluded = Etags(if_none_match)

    def _check(self, present: Experiment | None) -> None:
        if self.expected.given and not self.expected.match(present):
            raise HTTPException(412, "It is another version, or none")
        if self.excluded.given and self.excluded.match(present):
            raise HTTPException(412, "It is there already")
        if present is not None and not self.expected.given:
            raise HTTPException(428, "If-Match is needed to change what is there")

    @operation(
        "PUT",
        "/{slug}",
        responses=tagged(200) | tagged(201, model=Experiment) | Refusals(412, 428),
    )
    def put(self, wanted: ExperimentIn) -> Experiment:
        before = experiments.get(self.slug)
        self._check(before)
        revision = before.revision + 1 if before else 1
        after = Experiment(**wanted.model_dump(), slug=self.slug, revision=revision)
        experiments[self.slug] = after
        return self.send(after, status=None if before else 201)

    @operation("DELETE", "/{slug}", status_code=204, responses=Refusals(404, 412, 428))
    def delete(self) -> None:
        self._check(self.current)
        del experiments[self.slug]


app = FastAPI(title="Price experiments")
app.include_router(router)
