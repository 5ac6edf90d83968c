"""A club that trades ciphers; every refusal is told in one shape."""

import string
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, HTTPException, Path, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException as AnyHTTPException


class Kind(StrEnum):
    CAESAR = "caesar"
    ATBASH = "atbash"
    ENIGMA = "enigma"


class Trouble(BaseModel):
    code: int
    says: str


class Message(BaseModel):
    text: str = Field(max_length=500)
    shift: int = Field(3, ge=0, le=25)


class Secret(BaseModel):
    text: str
    solved: int = 0


router = APIRouter(responses={"4XX": {"model": Trouble, "description": "Refused, and why"}})
secrets: dict[str, Secret] = {}
ALPHABET = string.ascii_lowercase


def rotated(by: int) -> str:
    return ALPHABET[by:] + ALPHABET[:by]


def encipher(kind: Kind, message: Message) -> str:
    match kind:
        case Kind.CAESAR:
            return message.text.translate(str.maketrans(ALPHABET, rotated(message.shift)))
        case Kind.ATBASH:
            return message.text.translate(str.maketrans(ALPHABET, ALPHABET[::-1]))
        case _:
            raise HTTPException(503, "The machine is in a museum")


@router.post("/ciphers/{kind}", responses={"5XX": {"model": Trouble, "description": "Out of order"}})
def cipher(kind: Kind, message: Message) -> Secret:
    return Secret(text=encipher(kind, message))


@router.put("/secrets/{name}", responses={409: {"model": Trouble}})
def hide(name: str, message: Message) -> Secret:
    if name in secrets:
        raise HTTPException(409, "Somebody hides that one already")
    secrets[name] = Secret(text=encipher(Kind.ATBASH, message))
    return secrets[name]


@router.post("/secrets/{name}/solutions")
def solve(name: str, message: Message) -> Secret:
    if name not in secrets:
        raise HTTPException(404, "No such secret")
    if secrets[name].solved >= 3:
        raise HTTPException(410, "Solved too often to be one")
    if encipher(Kind.ATBASH, message) != secrets[name].text:
        raise HTTPException(418, "Have some tea, and try again")
    secrets[name].solved += 1
    return secrets[name]


@router.get("/solved/{times}", responses={"default": {"model": Trouble}})
def solved(times: Annotated[int, Path(ge=0, le=3)]) -> list[str]:
    found = [name for name, secret in secrets.items() if secret.solved == times]
    if not found:
        raise HTTPException(404, "None")
    return found


app = FastAPI(title="Cipher club")
app.include_router(router)


@app.exception_handler(AnyHTTPException)
async def refused(request: Request, error: AnyHTTPException) -> JSONResponse:
    return JSONResponse(Trouble(code=error.status_code, says=str(error.detail)).model_dump(), error.status_code)


@app.exception_handler(RequestValidationError)
async def not_understood(request: Request, error: RequestValidationError) -> JSONResponse:
    places = {".".join(map(str, found["loc"][:2])) for found in error.errors()}
    return JSONResponse(Trouble(code=422, says=f"{len(places)} places are wrong").model_dump(), 422)


def document() -> dict[str, Any]:
    if app.openapi_schema is None:
        app.openapi_schema = get_openapi(title=app.title, version="2", routes=app.routes)
        for path in app.openapi_schema["paths"].values():
            for operation in path.values():
                operation.setdefault("tags", ["club"])
    return app.openapi_schema


app.openapi = document
