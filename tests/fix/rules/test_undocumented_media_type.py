"""A media type is documented by the response class where every success is one, else beside what is documented."""

import pytest

from tests.fix.rules.conftest import Shop, missing

CASES: dict[str, tuple[dict[str, str], str]] = {
    "successes": (
        {
            "main.py": '''
            from typing import Annotated

            from fastapi import APIRouter, FastAPI, Header, responses
            from fastapi.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse

            router = APIRouter(prefix="/r")


            @router.get("/page")
            def page():
                return HTMLResponse("<p>x")


            @router.get("/attribute")
            def attribute():
                return responses.PlainTextResponse("x")


            @router.get("/csv")
            async def csv():
                """Exports."""
                return Response("a,b", media_type="text/csv")


            @router.get("/json", response_model=list[int])
            def json(plain: bool = False):
                return Response("[1]", media_type="text/csv" if plain else "application/json")


            @router.get("/stream", responses={200: {"description": "An archive"}})
            def stream():
                return StreamingResponse(iter([b"a"]), media_type="application/x-tar")


            @router.get(
                "/either",
                response_model=str,
            )
            def either(accept: Annotated[str, Header()] = ""):
                return PlainTextResponse("x") if "plain" in accept else "x"


            def plain(number: int):
                return PlainTextResponse("x")


            app = FastAPI()
            app.add_api_route("/plain/{number}", plain, methods=["GET", "POST"])
            app.include_router(router)
            app.include_router(router, prefix="/again")
            '''
        },
        """
        @router.get("/page", response_class=HTMLResponse)
        ...
        @router.get("/attribute", response_class=responses.PlainTextResponse)
        ...
        @router.get(
            "/csv",
            response_class=Response,
            responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
        )
        ...
        @router.get(
            "/json",
            response_model=list[int],
            responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
        )
        ...
        200: {
            "description": "An archive",
            "content": {
                "application/x-tar": {"schema": {"type": "string", "format": "binary"}}
            },
        }
        },
        response_class=StreamingResponse,
        ...
        response_model=str,
        responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
        ...
        "/plain/{number}", plain, methods=["GET", "POST"], response_class=PlainTextResponse
        """,
    ),
    "errors": (
        {
            "problems.py": """
            from pydantic import BaseModel


            class Problem(BaseModel):
                title: str


            PROBLEMS = {404: {"model": Problem, "description": "Not there"}}
            """,
            "main.py": """
            from fastapi import FastAPI
            from fastapi.responses import JSONResponse, PlainTextResponse

            from .problems import PROBLEMS, Problem

            TABLE = {404: {"model": Problem}}
            app = FastAPI()


            def problem(number: str):
                if number != "1":
                    return JSONResponse({"title": "no"}, 404, media_type="application/problem+json")
                return 1


            app.get("/a/{number}", responses=PROBLEMS)(problem)


            @app.get("/b/{number}", responses=PROBLEMS)
            def b(number: str):
                return problem("2")


            @app.get("/c/{number}", responses=TABLE)
            def c(number: str):
                return problem("2")


            @app.get("/d/{number}", responses={"4XX": {"description": "No", "content": {"text/html": {}}}})
            def d(number: str):
                return PlainTextResponse("no", 404) if number != "1" else PlainTextResponse("no", 418)


            @app.get("/e/{number}", responses={404: {"content": {"text/html": {"example": "<p>"}}}})
            def e(number: str):
                return problem("2")
            """,
        },
        """
        TABLE = {
            404: {
                "model": Problem,
                "content": {
                    "application/problem+json": {
                        "schema": {"$ref": "#/components/schemas/Problem"}
                    }
                },
            }
        }
        ...
        @app.get(
            "/b/{number}",
            responses={
                **PROBLEMS,
                404: {
                    **PROBLEMS[404],
                    "content": {
                        "application/problem+json": {
                            "schema": {"$ref": "#/components/schemas/Problem"}
                        }
                    },
                },
            },
        )
        ...
        "4XX": {
            "description": "No",
            "content": {"text/html": {}, "text/plain": {"schema": {"type": "string"}}},
        }
        ...
        "text/html": {"example": "<p>"},
        "application/problem+json": {
            "schema": {"$ref": "#/components/schemas/Problem"}
        },
        """,
    ),
}


@pytest.mark.parametrize(("files", "wanted"), CASES.values(), ids=CASES)
def test_fix(files: dict[str, str], wanted: str, shop: Shop) -> None:
    after = shop(files, "undocumented-media-type")
    assert not missing(after["main.py"], wanted), after["main.py"]
