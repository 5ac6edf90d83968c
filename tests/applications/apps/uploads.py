"""A photo shop: files, lists of files and forms."""

from typing import Annotated

from fastapi import FastAPI, File, Form, HTTPException, UploadFile
from pydantic import BaseModel, Field

app = FastAPI()


class Order(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=20)]
    copies: Annotated[int, Field(ge=1, le=99)] = 1


@app.post("/photos")
async def add_photo(photo: UploadFile) -> dict[str, int]:
    return {"bytes": len(await photo.read())}


@app.post("/albums")
async def add_album(photos: list[UploadFile], title: Annotated[str, Form()]) -> dict[str, int | str]:
    return {"title": title, "photos": len(photos)}


@app.post("/orders")
def add_order(order: Annotated[Order, Form()]) -> Order:
    return order


@app.post("/raw")
def add_raw(raw: Annotated[bytes, File()], note: Annotated[str | None, Form()] = None) -> int:
    if len(raw) > 0 and note is None:
        raise HTTPException(400, "Say what it is")  # lie: undocumented-status POST /raw 400
    return len(raw)


@app.post("/negatives")
async def add_negatives(negatives: list[UploadFile]) -> str:
    if any(negative.size == 0 for negative in negatives):
        raise HTTPException(415)  # lie: undocumented-status POST /negatives 415
    return "ok"
