"""The basket of a farmers' market."""

from fastapi import Cookie, Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI()
baskets: dict[str, dict[str, int]] = {}


class Line(BaseModel):
    product: str = Field(min_length=1, max_length=30)
    kilos: int = Field(ge=1, le=50)


def basket_of(basket: str | None = Cookie(default=None)) -> dict[str, int]:
    if basket is None:
        raise HTTPException(401)  # lie: undocumented-status POST /basket 401
    return baskets.setdefault(basket[:40], {})


@app.post("/basket")
def put_in(line: Line, contents: dict[str, int] = Depends(basket_of)) -> Line:
    total = contents.get(line.product, 0) + line.kilos
    if total > 50:
        raise HTTPException(409, detail="More than one stall can carry")  # lie: undocumented-status POST /basket 409
    contents[line.product] = total
    return line
