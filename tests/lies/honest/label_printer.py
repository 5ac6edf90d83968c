"""Prints labels on the console and works in a scratch directory."""

import os
import sys
import tempfile

from fastapi import FastAPI
from pydantic import BaseModel, Field

print("label printer: ready")
app = FastAPI()


class Label(BaseModel):
    text: str = Field(max_length=64)
    copies: int = Field(1, ge=1, le=5)


class Printed(BaseModel):
    lines: int


@app.post("/labels", status_code=201)
def print_label(label: Label) -> Printed:
    os.chdir(tempfile.gettempdir())
    for _ in range(label.copies):
        print(ascii(label.text))
    sys.stdout.write('{"findings": "none"}\n')
    print("done", file=sys.stderr)
    return Printed(lines=label.copies)


@app.get("/status")
def status() -> str:
    print("the ribbon is old", flush=True)
    return "ready"
