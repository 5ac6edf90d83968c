"""Tags of a cloakroom: what is refused is refused by other ways than the docs say."""
# ruff: noqa: E501

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query
from pydantic import AfterValidator, BaseModel, Field, field_validator

app = FastAPI(title="Cloakroom")


def rare(tag: str) -> bool:
    digest = hashlib.sha256(tag.encode("utf-8", "surrogatepass")).hexdigest()
    return digest.startswith("0000000000")


def known(tag: str) -> str:
    if rare(tag):
        raise HTTPException(404, "No such tag")
    return tag


class Coat(BaseModel):
    tag: str = Field(max_length=20)

    @field_validator("tag")
    @classmethod
    def is_known(cls, tag: str) -> str:
        return known(tag)


class Rail:
    def __getitem__(self, tag: str) -> int:
        return len(known(tag))

    def __len__(self) -> int:
        return 40


rail = Rail()


@contextmanager
def lifted(tag: str) -> Iterator[str]:
    try:
        yield tag
    finally:
        known(tag)


@app.post(
    "/coats",
    status_code=201,
    responses={
        404: {"description": "No such tag"},
        409: {"description": "The tag is taken"},  # lie: phantom-status POST /coats 409
    },
)
def hang(coat: Coat) -> Coat:
    return coat


@app.get("/coats", responses={404: {"description": "No such tag"}, 410: {"description": "It was lost"}})  # lie: phantom-status GET /coats 410
def place(tag: Annotated[str, Query(max_length=20), AfterValidator(known)] = "") -> int:
    return rail[tag] % len(rail)


@app.get("/coats/all", responses={404: {"description": "No such tag"}, 403: {"description": "Not yours"}})  # lie: phantom-status GET /coats/all 403
def several(tags: Annotated[list[str], Query(max_length=9)]) -> list[str]:
    return list(map(known, tags))


@app.get("/coats/lifted", responses={404: {"description": "No such tag"}, 409: {"description": "It hangs elsewhere"}})  # lie: phantom-status GET /coats/lifted 409
def lift(tag: Annotated[str, Query(max_length=20)] = "") -> str:
    with lifted(tag) as held:
        return held  # the 404 comes from what is run at last
