"""An inbox for scanned letters."""

from typing import Annotated

from fastapi import FastAPI, File, Form, UploadFile
from pydantic import BaseModel, Field

app = FastAPI(title="Inbox")


class Letter(BaseModel):
    sender: str
    urgent: bool
    pages: int
    octets: int


class Reply(BaseModel):
    model_config = {"extra": "forbid"}
    to: str = Field(min_length=1, max_length=60)
    copies: int = Field(1, ge=1, le=9)
    note: str | None = None


@app.post("/letters", status_code=201)
async def scan(
    scan: UploadFile,
    sender: Annotated[str, Form(min_length=1, max_length=60)],
    pages: Annotated[int, Form(ge=1, le=400)] = 1,
    urgent: Annotated[bool, Form()] = False,
    envelope: Annotated[UploadFile | None, File(description="The envelope, if it matters")] = None,
) -> Letter:
    size = len(await scan.read()) + (len(await envelope.read()) if envelope else 0)
    return Letter(sender=sender, urgent=urgent, pages=pages, octets=size)


@app.post("/attachments")
async def attach(files: Annotated[list[bytes], File(min_length=1)]) -> list[int]:
    return [len(content) for content in files]


@app.post("/replies")
async def reply(form: Annotated[Reply, Form()]) -> Reply:
    return form
