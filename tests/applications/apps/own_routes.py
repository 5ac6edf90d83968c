"""A tax office: route classes with handlers of their own, and answers of its own class."""

import json
import time
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel


class Compact(JSONResponse):
    def render(self, content: Any) -> bytes:
        return json.dumps(content, separators=(",", ":"), ensure_ascii=True).encode()


class Vendor(JSONResponse):
    media_type = "application/vnd.tax+json"


class TimedRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        original = super().get_route_handler()

        async def timed(request: Request) -> Response:
            before = time.monotonic()
            response = await original(request)
            response.headers["X-Took"] = str(round(time.monotonic() - before))
            return response

        return timed


class SofterRoute(APIRoute):
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        original = super().get_route_handler()

        async def softer(request: Request) -> Response:
            try:
                return await original(request)
            except RequestValidationError as error:
                raise HTTPException(400, str(len(error.errors()))) from error  # lie: undocumented-status POST /returns 400

        return softer


class Return(BaseModel):
    year: int
    cents: int = 0


app = FastAPI(default_response_class=Compact)
timed = APIRouter(route_class=TimedRoute)
softer = APIRouter(route_class=SofterRoute)


@timed.get("/rates")
def rates() -> dict[str, float]:
    return {"low": 0.07}


@timed.get("/rates/{year}")
def rate(year: int) -> float:
    if year > 2030:
        raise HTTPException(404)  # lie: undocumented-status GET /rates/{year} 404
    return 0.19


@softer.post("/returns")
def add_return(filled: Return) -> Return:
    return filled


@app.get("/forms", response_class=Vendor)
def forms() -> list[str]:
    return ["A"]


@app.get("/forms/{name}", response_class=Vendor)
def form(name: str) -> dict[str, str]:
    return JSONResponse({"name": name})  # lie: undocumented-media-type GET /forms/{name} 200


app.include_router(timed)
app.include_router(softer)
