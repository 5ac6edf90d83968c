"""Scans of deeds, sent as files, and the registers that they are filed in."""
# ruff: noqa: E501

import re
from dataclasses import dataclass
from typing import Annotated

from fastapi import FastAPI, Form, HTTPException, UploadFile
from pydantic import AfterValidator, BaseModel

app = FastAPI(title="Deeds")
SHELFMARK = re.compile(r"(?P<county>[A-Z]{2})/(?P<volume>[0-9]{1,3})")
VOLUMES = {"NF": 240, "SF": 118}


class Problem(BaseModel):
    detail: str


class Scan(BaseModel):
    pages: int
    shelfmark: str


def bare(reference: str) -> str:
    return reference.strip().upper().removeprefix("DEED ")


Reference = Annotated[str, Form(max_length=24), AfterValidator(bare)]


@dataclass(frozen=True)
class Reader:
    magic: bytes = b"%PDF-1.2"

    async def pages(self, file: UploadFile) -> int:
        content = await file.read()
        if content.startswith(self.magic):
            raise HTTPException(409, "Too old a file")  # lie: undocumented-status POST /scans 409
        return 1 + content.count(b"\f")


reader = Reader()


@app.post("/scans", status_code=201, responses={400: {"model": Problem}, 404: {"model": Problem}})
async def scan(file: UploadFile, reference: Reference = "NF/1") -> Scan:
    found = SHELFMARK.fullmatch(reference)
    if found is None:
        raise HTTPException(400, "No shelfmark")
    county, volume = found.group("county"), int(found.group("volume"))
    if county not in VOLUMES:
        raise HTTPException(404, "No such county")
    if volume > VOLUMES[county]:
        raise HTTPException(416, "Not bound yet")  # lie: undocumented-status POST /scans 416
    if (file.content_type or "").partition("/")[0] == "message":
        raise HTTPException(415, "Send the scan itself")  # lie: undocumented-status POST /scans 415
    return Scan(pages=await reader.pages(file), shelfmark=reference)
