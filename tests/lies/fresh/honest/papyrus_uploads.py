"""Takes in scans of papyri with the columns that they show."""

from dataclasses import dataclass
from itertools import count
from typing import Annotated

from fastapi import Depends, FastAPI, File, Form, HTTPException, UploadFile
from pydantic import BaseModel

app = FastAPI(title="Papyri")
numbers = count(1)
MAX_BYTES = 2_048


class Problem(BaseModel):
    detail: str


class Scan(BaseModel):
    number: int
    first: int
    last: int
    suffix: str
    size: int


class Unreadable(HTTPException):
    def __init__(self, why: str) -> None:
        super().__init__(415, why)


@dataclass(frozen=True)
class Columns:
    first: int
    last: int

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("Columns run backwards")


def columns(
    first: Annotated[int, Form(ge=1, le=999)],
    last: Annotated[int, Form(ge=1, le=999)],
) -> Columns:
    try:
        return Columns(first, last)
    except ValueError:
        return Columns(last, first)


def suffix_of(name: str) -> str:
    *_, suffix = name.lower().split(".")
    if suffix in ("gif", "bmp"):
        raise Unreadable("Too few colours")
    return suffix if suffix in ("tif", "tiff", "png") else "tif"


def suffix(scan: Annotated[UploadFile, File()]) -> str:
    """The suffix to file a scan under; what we cannot read is refused by its type, not by its name."""
    if scan.content_type == "image/svg+xml":
        raise Unreadable("A drawing is no scan")
    try:
        return suffix_of(scan.filename or "")
    except Unreadable:
        return "png"


@app.post("/scans", status_code=201, responses={413: {"model": Problem}, 415: {"model": Problem}})
async def take_in(
    scan: Annotated[UploadFile, File()],
    shown: Annotated[Columns, Depends(columns)],
    filed_as: Annotated[str, Depends(suffix)],
) -> Scan:
    content = await scan.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise HTTPException(413, "Send a smaller scan")
    return Scan(number=next(numbers), first=shown.first, last=shown.last, suffix=filed_as, size=len(content))
