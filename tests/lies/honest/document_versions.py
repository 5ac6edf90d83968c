"""Versions of documents, with conditional requests."""

from typing import Annotated

from fastapi import FastAPI, Header, HTTPException, Response
from pydantic import BaseModel, Field

app = FastAPI(title="Documents")
versions: dict[int, int] = {}
ETAG = {"ETag": {"required": True, "schema": {"type": "string", "pattern": '^"v[0-9]+"$'}}}


class Document(BaseModel):
    id: int
    text: str = Field(max_length=200)


class Text(BaseModel):
    text: str = Field(max_length=200)


def tag(id: int) -> str:
    return f'"v{versions.get(id, 0)}"'


@app.get(
    "/documents/{id}",
    response_model=Document,
    responses={200: {"headers": ETAG}, 304: {"description": "Not modified", "headers": ETAG}},
)
async def read(id: int, response: Response, if_none_match: Annotated[str | None, Header()] = None):
    if if_none_match in ("*", tag(id)):
        return Response(status_code=304, headers={"ETag": tag(id)})
    response.headers["ETag"] = tag(id)
    return Document(id=id, text="Lorem")


@app.put(
    "/documents/{id}",
    responses={
        200: {"headers": ETAG},
        201: {"model": Document, "description": "First version", "headers": ETAG},
        412: {"description": "Somebody else was faster"},
    },
)
async def write(id: int, new: Text, response: Response, if_match: Annotated[str | None, Header()] = None) -> Document:
    if if_match is not None and if_match != tag(id):
        raise HTTPException(412, f"It is {tag(id)} now")
    response.status_code = 200 if id in versions else 201
    versions[id] = versions.get(id, 0) + 1
    response.headers["ETag"] = tag(id)
    return Document(id=id, text=new.text)
