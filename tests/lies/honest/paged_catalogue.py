"""A catalogue of tiles, in pages."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Annotated

from fastapi import FastAPI, Query, Request, Response
from pydantic import BaseModel

TOTAL = 57
app = FastAPI(title="Tiles")


class Tile(BaseModel):
    number: int
    glaze: str


HEADERS = {
    "X-Total-Count": {"required": True, "schema": {"type": "integer", "minimum": 0}},
    "Link": {"description": "Where there are more", "schema": {"type": "string"}},
    "Expires": {"required": True, "schema": {"type": "string"}},
    "X-Glazes": {"required": True, "schema": {"type": "array", "items": {"type": "string"}, "minItems": 2}},
}


@app.get("/tiles", responses={200: {"headers": HEADERS}}, name="tiles")
async def tiles(
    request: Request,
    response: Response,
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
    size: Annotated[int, Query(ge=1, le=50)] = 10,
) -> list[Tile]:
    first = (page - 1) * size
    response.headers["X-Total-Count"] = str(TOTAL)
    response.headers["x-glazes"] = "matt,gloss"
    response.headers["Expires"] = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    if first + size < TOTAL:
        response.headers["Link"] = f'<{request.url_for("tiles").path}?page={page + 1}&size={size}>; rel="next"'
    return [Tile(number=n, glaze="matt" if n % 2 else "gloss") for n in range(first, min(first + size, TOTAL))]
