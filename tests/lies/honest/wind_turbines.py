"""Turbines of a wind farm; each answer tells how long it took."""

from collections.abc import Callable
from time import perf_counter

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel


class Timed(APIRoute):
    def get_route_handler(self) -> Callable:
        handle = super().get_route_handler()

        async def timed(request: Request) -> Response:
            started = perf_counter()
            try:
                response = await handle(request)
            except ArithmeticError as error:
                response = JSONResponse({"detail": str(error)}, 400)
            response.headers["X-Seconds"] = f"{perf_counter() - started:.6f}"
            return response

        return timed


class Detail(BaseModel):
    detail: str


router = APIRouter(route_class=Timed)
SECONDS = {"headers": {"X-Seconds": {"required": True, "schema": {"type": "number", "minimum": 0}}}}


@router.get("/load", responses={200: SECONDS, 400: {"model": Detail, **SECONDS}})
def load(watts: int, turbines: int = 3) -> int:
    return watts // turbines


app = FastAPI()
app.include_router(router, prefix="/farm")
