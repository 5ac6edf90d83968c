"""Prints from the glass negatives of a county archive."""
# ruff: noqa: E501

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.responses import Response


class Negatives(BaseModel):
    year: int
    boxes: int


class Embargo(BaseHTTPMiddleware):
    """Some years may not be shown before the heirs agree."""

    def __init__(self, app, years: frozenset[str]) -> None:
        super().__init__(app)
        self.years = years

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        if request.url.path == "/negatives" and request.query_params.get("year") in self.years:
            return JSONResponse({"detail": "Under embargo"}, status_code=451)  # lie: undocumented-status GET /negatives 451
        return await call_next(request)


app = FastAPI(title="Negatives")
app.add_middleware(Embargo, years=frozenset({"1887", "1923"}))


@app.get("/negatives")
async def negatives(year: int = Query(1900, ge=1850, le=1960)) -> Negatives:
    return Negatives(year=year, boxes=(year - 1849) // 4)


@app.get("/rooms")
async def rooms() -> list[str]:
    return ["reading room", "dark room"]
