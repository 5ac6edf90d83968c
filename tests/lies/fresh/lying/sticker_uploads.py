"""Accepts sheets of stickers to be printed and cut."""
# ruff: noqa: E501

from dataclasses import dataclass
from itertools import count
from typing import Annotated

from fastapi import Depends, FastAPI, File, HTTPException, UploadFile
from pydantic import BaseModel

app = FastAPI(title="Stickers")
numbers = count(1)


@dataclass(frozen=True)
class PrintShop:
    """What the machines of the shop read."""

    unread_suffixes: frozenset[str] = frozenset({"cdr", "xcf", "svgz"})
    unread_families: tuple[str, ...] = ("video/", "audio/")

    def reads_name(self, name: str) -> bool:
        _, _, suffix = name.rpartition(".")
        return suffix.lower() not in self.unread_suffixes

    def reads_type(self, content_type: str) -> bool:
        return not content_type.startswith(self.unread_families)


class Sheet(BaseModel):
    number: int
    size: int


class Problem(BaseModel):
    detail: str


shop = PrintShop()


async def printable(sheet: Annotated[UploadFile, File(description="The artwork")]) -> bytes:
    if not shop.reads_name(sheet.filename or ""):
        raise HTTPException(415, "Send artwork as PDF or PNG")  # lie: undocumented-status POST /sheets 415
    if not shop.reads_type(sheet.content_type or ""):
        raise HTTPException(415, "That is no artwork")  # lie: undocumented-status POST /sheets 415
    content = await sheet.read()
    if not content:
        raise HTTPException(400, "The sheet is empty")
    return content


Printable = Annotated[bytes, Depends(printable)]


@app.post("/sheets", status_code=201, responses={400: {"model": Problem}})
async def order(content: Printable) -> Sheet:
    return Sheet(number=next(numbers), size=len(content))


@app.post("/proofs", responses={400: {"model": Problem}, 415: {"model": Problem}})
async def proof(content: Printable) -> int:
    """Say how many cents the proof of a sheet costs."""
    return 250 + len(content) // 1_024
