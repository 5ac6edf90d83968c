"""A body that its schema rejects is documented as it is sent, without touching what others share."""

import pytest

from tests.fix.rules.conftest import Shop, missing

CASES: dict[str, tuple[dict[str, str], str]] = {
    "answers past the model, of many shapes": (
        {
            "main.py": '''
            from fastapi import APIRouter, FastAPI as Framework, responses
            from fastapi.responses import JSONResponse
            from pydantic import BaseModel


            class Book(BaseModel):
                title: str


            class Shelf(BaseModel):
                books: list[Book]


            router = APIRouter(prefix="/r")


            @router.get("/name")
            def name() -> Book:
                return JSONResponse({"name": "Orlando"})


            @router.get(
                "/shelf",
                response_model=Book,  # so it says
            )
            async def shelf():
                """A shelf."""
                return responses.JSONResponse({"books": [{"title": "x"}]})


            def numbers(number: int) -> int:
                return JSONResponse([1, "a"])


            class Views:
                def either(self, number: int = 1) -> Book:
                    return JSONResponse({"title": "x"} if number == 1 else ["x"])


            def make() -> Framework:
                app = Framework()
                app.add_api_route("/numbers/{number}", numbers, methods=["GET"])
                app.add_api_route("/either", Views().either)

                @app.get("/inner")
                def inner() -> str:
                    return JSONResponse(7)

                app.include_router(router, prefix="/v1")
                return app


            app = make()
            '''
        },
        """
        class NameAnswer(BaseModel):
            name: str
        ...
        @router.get("/name", response_model=NameAnswer)
        ...
        response_model=Shelf,  # so it says
        ...
        "/numbers/{number}", numbers, methods=["GET"], response_model=list[int | str]
        ...
        app.add_api_route("/either", Views().either, response_model=Book | list[str])
        ...
        @app.get("/inner", response_model=int)
        """,
    ),
    "errors, documented in many ways": (
        {
            "main.py": """
            from http import HTTPStatus

            from fastapi import FastAPI, HTTPException, status
            from fastapi.responses import JSONResponse
            from pydantic import BaseModel


            class Detail(BaseModel):
                detail: str


            class Problem(BaseModel):
                title: str


            class Missing(Exception):
                pass


            def problems(*codes: int) -> dict[int, dict]:
                return {code: {"model": Problem} for code in codes}


            NOT_FOUND = {"model": Problem}
            ERRORS = {status.HTTP_404_NOT_FOUND: NOT_FOUND}
            app = FastAPI()


            def no(number: str) -> None:
                if number == "7":
                    raise Missing
                if number != "1":
                    raise HTTPException(404, "No such book")


            @app.exception_handler(Missing)
            def missing(request, error):
                return JSONResponse({"title": "Seven"}, 404)


            @app.get(
                "/a/{number}",
                responses={
                    HTTPStatus.NOT_FOUND: {"model": Problem},  # no such book
                },
            )
            def a(number: str) -> str:
                no("2")


            @app.get("/b/{number}", responses={"4XX": {"model": Problem}})
            def b(number: str) -> str:
                no(number)
                return "b"


            @app.get("/c/{number}", responses=ERRORS)
            def c(number: str) -> str:
                no("2")


            @app.get("/d/{number}", responses={**ERRORS})
            def d(number: str) -> str:
                no("7")


            @app.get("/e/{number}", responses=problems(404, 418))
            def e(number: str) -> str:
                if number == "5":
                    raise HTTPException(418)
                no("2")


            @app.get("/f/{number}", responses={404: {"model": Problem, "description": "Not there"}})
            def f(number: str) -> str:
                no(number)
                return "f"
            """
        },
        """
        HTTPStatus.NOT_FOUND: {"model": Detail},  # no such book
        ...
        @app.get(
            "/b/{number}",
            responses={
                404: {"model": Problem | Detail, "description": "Seven; No such book"},
                "4XX": {"model": Problem},
            },
        )
        ...
        NOT_FOUND = {"model": Problem}
        ERRORS = {status.HTTP_404_NOT_FOUND: NOT_FOUND}
        ...
        @app.get(
            "/c/{number}",
            responses={**ERRORS, 404: {**ERRORS[status.HTTP_404_NOT_FOUND], "model": Detail}},
        )
        ...
        @app.get("/d/{number}", responses={**ERRORS})
        ...
        responses={404: {"model": Problem | Detail, "description": "Not there"}},
        """,
    ),
    "a handler elsewhere answers what validation refuses": (
        {
            "main.py": """
            from fastapi import FastAPI
            from fastapi.exceptions import RequestValidationError

            from .handlers import refuse

            app = FastAPI(exception_handlers={RequestValidationError: refuse})


            @app.get("/a/{number}")
            def a(number: int) -> int:
                return number


            @app.get("/b/{number}")
            def b(number: int) -> int:
                return number
            """,
            "handlers.py": """
            from fastapi.responses import JSONResponse


            def refuse(request, error):
                return JSONResponse({"detail": "Look at what you sent"}, 422)
            """,
        },
        """
        class Detail(BaseModel):
            detail: str


        app = FastAPI(
            exception_handlers={RequestValidationError: refuse},
            responses={422: {"model": Detail, "description": "Look at what you sent"}},
        )
        """,
    ),
}


@pytest.mark.parametrize(("files", "wanted"), CASES.values(), ids=CASES)
def test_fix(files: dict[str, str], wanted: str, shop: Shop) -> None:
    after = shop(files, "response-schema-mismatch")
    assert not missing(after["main.py"], wanted), after["main.py"]
