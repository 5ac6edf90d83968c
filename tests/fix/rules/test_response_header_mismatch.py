"""A header is documented by the type that it has, and as required where it is always there."""

import pytest

from tests.fix.rules.conftest import Shop, missing

CASES: dict[str, tuple[str, str]] = {
    "written in place": (
        """
        from fastapi import APIRouter, FastAPI, Response
        from fastapi.responses import JSONResponse

        router = APIRouter(prefix="/r")
        SLOW = {
            "description": "Slow down",
            "headers": {
                "Retry-After": {"required": True, "schema": {"type": "string", "format": "date-time"}},  # when
            },
        }


        @router.get("/a", responses={200: {"headers": {"X-Total": {"schema": {"type": "integer"}, "required": True}}}})
        def a(response: Response, number: int = 0) -> int:
            if number:
                response.headers["X-Total"] = "many"
            return 1


        @router.get(
            "/b",
            responses={
                200: {
                    "headers": {
                        "x-total": {"schema": {"type": "integer", "maximum": 5}},  # how many
                    },
                },
            },
        )
        async def b(response: Response) -> int:
            response.headers["X-Total"] = "7"
            return 1


        @router.get("/c", responses={429: SLOW})
        def c():
            return JSONResponse({}, 429, {"Retry-After": "7"})


        def d():
            return JSONResponse({}, 429)


        app = FastAPI()
        app.include_router(router)
        app.add_api_route("/d", d, responses={429: SLOW})
        """,
        """
        "Retry-After": {"schema": {"type": "integer"}},  # when
        ...
        @router.get("/a", responses={200: {"headers": {"X-Total": {"schema": {"type": "string"}}}}})
        ...
        "x-total": {"schema": {"type": "integer"}},  # how many
        ...
        @router.get("/c", responses={429: SLOW})
        ...
        app.add_api_route("/d", d, responses={429: SLOW})
        """,
    ),
    "written elsewhere": (
        """
        from fastapi import FastAPI, Response

        app = FastAPI()
        ONE = {"X-One": {"schema": {"type": "integer"}, "required": True}}
        TWO = {"X-One": {"schema": {"type": "integer"}, "required": True}, "X-Two": {"schema": {"type": "integer"}}}


        def headers(kind: str) -> dict:
            return {"X-Kind": {"schema": {"type": kind}}}


        @app.get("/a", responses={200: {"description": "OK", "headers": headers("integer")}})
        def a(response: Response) -> int:
            response.headers["x-kind"] = "maybe"
            return 1


        @app.get("/b", responses={200: {"description": "OK", "headers": ONE}})
        def b(response: Response) -> int:
            response.headers["x-one"] = "maybe"
            return 1


        @app.get("/c", responses={"default": {"description": "All", "headers": TWO}}, status_code=201)
        def c(response: Response) -> int:
            response.headers["x-one"] = "1"
            response.headers["x-two"] = "2"
            return 1
        """,
        """
        "headers": {**headers("integer"), "X-Kind": {"schema": {"type": "string"}}},
        ...
        ONE = {"X-One": {"schema": {"type": "string"}, "required": True}}
        ...
        @app.get("/b", responses={200: {"description": "OK", "headers": ONE}})
        ...
        @app.get("/c", responses={"default": {"description": "All", "headers": TWO}}, status_code=201)
        """,
    ),
}


@pytest.mark.parametrize(("source", "wanted"), CASES.values(), ids=CASES)
def test_fix(source: str, wanted: str, shop: Shop) -> None:
    after = shop(source, "response-header-mismatch")
    assert not missing(after["main.py"], wanted), after["main.py"]
