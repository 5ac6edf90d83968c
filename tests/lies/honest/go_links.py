"""Short links inside a company."""

from itertools import count

from fastapi import Body, FastAPI, HTTPException
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

app = FastAPI()
numbers = count(1)
pages: dict[int, int] = {}


class Link(BaseModel):
    id: int


@app.post("/links", status_code=201)
async def create(page: int = Body(embed=True, ge=1, le=900)) -> Link:
    link = Link(id=next(numbers))
    pages[link.id] = page
    return link


@app.get(
    "/links/{id}",
    status_code=307,
    response_class=RedirectResponse,
    responses={404: {"description": "No such link"}},
)
async def follow(id: int):
    if id not in pages:
        raise HTTPException(404, "No such link")
    return f"/pages/{pages[id]}"


@app.get("/home", status_code=302, response_class=RedirectResponse)
def home() -> RedirectResponse:
    return RedirectResponse("/", status_code=302)
