"""A status is documented where it is answered, by a model that accepts all that was seen."""

import pytest

from tests.fix.rules.conftest import Mend, Shop, missing

CASES: dict[str, tuple[str, str]] = {
    "a small model where the project has none": (
        """
        from fastapi import FastAPI, HTTPException

        app = FastAPI()


        @app.get("/books/{book_id}")
        def read(book_id: int) -> str:
            if book_id != 1:
                raise HTTPException(404, "No such book")
            return "Orlando"
        """,
        """
        from fastapi import FastAPI, HTTPException
        from pydantic import BaseModel


        class Detail(BaseModel):
            detail: str


        app = FastAPI()


        @app.get(
            "/books/{book_id}",
            responses={404: {"model": Detail, "description": "No such book"}},
        )
        def read(book_id: int) -> str:
            if book_id != 1:
                raise HTTPException(404, "No such book")
            return "Orlando"
        """,
    ),
    "the project's model, of two that would do the one for errors": (
        """
        from fastapi import FastAPI, HTTPException
        from pydantic import BaseModel

        app = FastAPI()


        class Note(BaseModel):
            detail: str


        class Problem(BaseModel):
            detail: str


        @app.post("/notes")
        def write(note: Note) -> Note:
            return note


        @app.get("/a", responses={404: {"model": Problem}})
        def a(page: int) -> str:
            if page != 1:
                raise HTTPException(404, "No such page")
            return "a"


        @app.get("/b")
        def b(page: int) -> str:
            if page != 1:
                raise HTTPException(404, "No such page")
            return "b"
        """,
        """
        @app.get("/b", responses={404: {"model": Problem, "description": "No such page"}})
        """,
    ),
    "a model that comes later, moved up": (
        """
        from fastapi import FastAPI, HTTPException
        from pydantic import BaseModel

        app = FastAPI()


        @app.get("/b")
        def b(page: int) -> str:
            if page != 1:
                raise HTTPException(404, "No such page")
            return "b"


        class Problem(BaseModel):
            detail: str
        """,
        """
        class Problem(BaseModel):
            detail: str


        app = FastAPI()


        @app.get("/b", responses={404: {"model": Problem, "description": "No such page"}})
        """,
    ),
    "once on a router": (
        """
        from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException
        from pydantic import BaseModel


        class Problem(BaseModel):
            detail: str


        def staff(x_key: str = Header("")) -> None:
            if x_key != "sesame":
                raise HTTPException(403, "Staff only")


        router = APIRouter(prefix="/staff", dependencies=[Depends(staff)])


        @router.get("/a")
        def a() -> str:
            return "a"


        @router.get("/b")
        def b() -> str:
            return "b"


        app = FastAPI()
        app.include_router(router)


        @app.get("/c")
        def c() -> str:
            return "c"
        """,
        """
        router = APIRouter(
            prefix="/staff",
            dependencies=[Depends(staff)],
            responses={403: {"model": Problem, "description": "Staff only"}},
        )
        """,
    ),
    "once at the app": (
        """
        from fastapi import Depends, FastAPI, Header, HTTPException
        from pydantic import BaseModel


        class Problem(BaseModel):
            detail: str


        def staff(x_key: str = Header("")) -> None:
            if x_key != "sesame":
                raise HTTPException(403, "Staff only")


        app = FastAPI(dependencies=[Depends(staff)])


        @app.get("/a")
        def a() -> str:
            return "a"


        @app.get("/b")
        def b() -> str:
            return "b"
        """,
        """
        app = FastAPI(
            dependencies=[Depends(staff)],
            responses={403: {"model": Problem, "description": "Staff only"}},
        )
        """,
    ),
    "a text": (
        """
        from fastapi import FastAPI
        from fastapi.responses import PlainTextResponse

        app = FastAPI()


        @app.get("/books/{book_id}", response_model=str)
        def read(book_id: int):
            return PlainTextResponse("gone", 410) if book_id else "Orlando"
        """,
        """
        @app.get(
            "/books/{book_id}",
            response_model=str,
            responses={
                410: {
                    "description": "Gone",
                    "content": {"text/plain": {"schema": {"type": "string"}}},
                }
            },
        )
        """,
    ),
    "no body": (
        """
        from fastapi import FastAPI, Response

        app = FastAPI()


        @app.get("/books/{book_id}", response_model=str)
        def read(book_id: int):
            return Response(status_code=304) if book_id else "Orlando"
        """,
        """
        @app.get(
            "/books/{book_id}",
            response_model=str,
            responses={304: {"description": "Not Modified"}},
        )
        """,
    ),
    "another media type than the route's own, its schema registered": (
        """
        from fastapi import FastAPI, Request
        from fastapi.responses import JSONResponse
        from pydantic import BaseModel


        class Problem(BaseModel):
            title: str


        class NotThereError(Exception):
            pass


        app = FastAPI()


        @app.exception_handler(NotThereError)
        def refuse(request: Request, error: NotThereError) -> JSONResponse:
            return JSONResponse({"title": "Not there"}, 404, media_type="application/problem+json")


        @app.get("/a", responses={500: {"model": Problem}})
        def a(page: int) -> str:
            if page != 1:
                raise NotThereError
            return "a"
        """,
        """
        @app.get(
            "/a",
            responses={
                404: {
                    "description": "Not there",
                    "content": {
                        "application/problem+json": {
                            "schema": {"$ref": "#/components/schemas/Problem"}
                        }
                    },
                },
                500: {"model": Problem},
            },
        )
        """,
    ),
    "each route where a router within would answer so as well": (
        """
        from fastapi import APIRouter, FastAPI, HTTPException

        app = FastAPI()
        outer = APIRouter()
        inner = APIRouter()


        @outer.get("/a")
        def a(page: int) -> str:
            if page != 1:
                raise HTTPException(404, "No such page")
            return "a"


        @outer.get("/b")
        def b(page: int) -> str:
            if page != 1:
                raise HTTPException(404, "No such page")
            return "b"


        @inner.get("/c")
        def c() -> str:
            return "c"


        outer.include_router(inner)
        app.include_router(outer)
        """,
        """
        @outer.get("/b", responses={404: {"model": Detail, "description": "No such page"}})
        """,
    ),
    "each route where the router takes no more": (
        """
        from fastapi import APIRouter, FastAPI, HTTPException


        class Router(APIRouter):
            def __init__(self, name: str) -> None:
                super().__init__(prefix=f"/{name}")


        router = Router("pens")


        @router.get("/{number}")
        def read(number: int) -> int:
            if number > 3:
                raise HTTPException(404, "No such pen")
            return number


        @router.delete("/{number}")
        def drop(number: int) -> None:
            if number > 3:
                raise HTTPException(404, "No such pen")


        app = FastAPI()
        app.include_router(router)
        """,
        """
        router = Router("pens")


        @router.get(
            "/{number}", responses={404: {"model": Detail, "description": "No such pen"}}
        )
        """,
    ),
    "once where a router within answers so as well": (
        """
        from fastapi import APIRouter, Depends, FastAPI, HTTPException


        def key(code: str = "") -> None:
            if code != "open":
                raise HTTPException(403, "Closed")


        app = FastAPI()
        outer = APIRouter(dependencies=[Depends(key)])
        inner = APIRouter()


        @outer.get("/a")
        def a() -> str:
            return "a"


        @inner.get("/c")
        def c() -> str:
            return "c"


        @inner.get("/d")
        def d() -> str:
            return "d"


        @app.get("/e")
        def e() -> str:
            return "e"


        outer.include_router(inner)
        app.include_router(outer)
        """,
        """
        outer = APIRouter(
            dependencies=[Depends(key)],
            responses={403: {"model": Detail, "description": "Closed"}},
        )
        inner = APIRouter()
        """,
    ),
    "one small model for errors that are alike": (
        """
        from fastapi import FastAPI
        from fastapi.responses import JSONResponse

        app = FastAPI()


        @app.get("/a")
        def a(page: int) -> str:
            if page == 1:
                return JSONResponse({"code": "none", "context": {"page": page}, "id": None}, 404)
            return "a"


        @app.get("/b")
        def b(page: int) -> str:
            if page == 1:
                return JSONResponse({"code": "gone", "context": {"last": "x"}, "id": "7"}, 410)
            if page == 2:
                return JSONResponse({"code": 2, "context": {}, "id": None}, 400)
            return "a"
        """,
        """
        class ErrorBody(BaseModel):
            code: str
            context: dict[str, int | str]
            id: str | None
        ...
        class CodeBody(BaseModel):
            code: int
        ...
        @app.get("/a", responses={404: {"model": ErrorBody, "description": "Not Found"}})
        ...
        400: {"model": CodeBody, "description": "Bad Request"},
        410: {"model": ErrorBody, "description": "Gone"},
        """,
    ),
    "two small models whose first names are taken": (
        """
        from fastapi import FastAPI, HTTPException
        from fastapi.responses import JSONResponse


        class Detail:
            pass


        class ErrorBody:
            pass


        app = FastAPI()


        @app.get("/a")
        def a(page: int) -> str:
            if page == 1:
                raise HTTPException(404, "No such page")
            if page == 2:
                return JSONResponse({"http_code": 410, "why": "Gone"}, 410)
            if page == 3:
                raise HTTPException(400, {"why": "Three"})
            return "a"
        """,
        """
        class ErrorDetail(BaseModel):
            detail: str
        ...
        class HttpCodeBody(BaseModel):
            http_code: int
            why: str
        ...
        class DetailBody(BaseModel):
            detail: DetailBodyDetail
        """,
    ),
    "by a base that goes by another name, since its own is taken": (
        """
        from fastapi import FastAPI, HTTPException


        class BaseModel:
            pass


        app = FastAPI()


        @app.get("/a")
        def a(page: int) -> str:
            if page != 1:
                raise HTTPException(404, "No such page")
            return "a"
        """,
        """
        from fastapi import FastAPI, HTTPException
        from pydantic import BaseModel as PydanticBaseModel


        class Detail(PydanticBaseModel):
            detail: str
        """,
    ),
    "the success that is always sent, in the place of the one that never is": (
        """
        from fastapi import FastAPI, HTTPException, Response, status
        from fastapi.responses import JSONResponse, RedirectResponse
        from pydantic import BaseModel

        app = FastAPI()


        class Job(BaseModel):
            number: int


        @app.get("/old")
        def old():
            return RedirectResponse("/new")


        @app.get("/older")
        def older():
            return RedirectResponse("/new", 301)


        @app.post("/jobs")
        def start(name: str) -> Job:
            if name == "none":
                return JSONResponse({"detail": "No name"}, 400)
            return JSONResponse({"number": 1}, status_code=status.HTTP_202_ACCEPTED)


        @app.delete("/jobs")
        def stop():
            try:
                return Response(status_code=204)
            finally:
                print("stopped")


        @app.delete("/either")
        def either(force: bool = False):
            if force:
                return {"stopped": True}
            else:
                return Response(status_code=204)


        @app.delete("/modelled")
        def modelled() -> Job:
            return Response(status_code=204)
        """,
        """
        @app.get("/old", response_class=RedirectResponse)
        ...
        @app.get("/older", response_class=RedirectResponse, status_code=301)
        ...
        @app.post(
            "/jobs",
            status_code=202,
            responses={400: {"model": Detail, "description": "No name"}},
        )
        ...
        @app.delete("/jobs", status_code=204)
        ...
        @app.delete("/either", responses={204: {"description": "No Content"}})
        ...
        @app.delete("/modelled", responses={204: {"description": "No Content"}})
        """,
    ),
    "another success, by the route's own type": (
        """
        from fastapi import FastAPI, Response
        from pydantic import BaseModel

        app = FastAPI()


        class Count(BaseModel):
            number: int


        @app.put("/counts/{number}")
        def put(number: int, response: Response) -> Count:
            response.status_code = 201 if number > 5 else 200
            return Count(number=number)
        """,
        """
        @app.put(
            "/counts/{number}", responses={201: {"model": Count, "description": "Created"}}
        )
        """,
    ),
    "an entry of a table": (
        """
        from fastapi import FastAPI, HTTPException
        from pydantic import BaseModel


        class Problem(BaseModel):
            detail: str


        ERRORS = {401: {"model": Problem}}
        app = FastAPI()


        @app.get("/b", responses={**ERRORS, 500: {"model": Problem}})
        def b(page: int) -> str:
            if page != 1:
                raise HTTPException(404, "No such page")
            return "b"
        """,
        """
        404: {"model": Problem, "description": "No such page"},
        """,
    ),
}


@pytest.mark.parametrize(("before", "expected"), CASES.values(), ids=CASES)
def test_fix(before: str, expected: str, mend: Mend) -> None:
    report, _, after = mend(before, rule="undocumented-status")
    fixed = [finding for finding in report.findings if finding.rule == "undocumented-status"]
    assert all(finding.fix is not None and finding.fix.diff for finding in fixed)
    assert not missing(after, expected), after
    again, mender, same = mend(after)
    assert {finding.rule for finding in again.findings} <= {finding.rule for finding in report.findings} - {
        "undocumented-status"
    }, after
    assert {} == mender.texts(behaviour=False)
    assert after == same


PAGE = """
from fastapi import FastAPI, HTTPException
from fastapi.responses import HTMLResponse

app = FastAPI()


@app.get("/a")
def a(page: int):
    if page != 1:
        raise HTTPException(404, "No such page")
    return HTMLResponse("<p>a")
"""


def test_beside_another_class(mend: Mend) -> None:
    """`model` would document it as what the class sends that the route is given at the same time."""
    _, _, after = mend(PAGE)
    expected = """
        @app.get(
            "/a",
            response_class=HTMLResponse,
            responses={
                404: {
                    "description": "No such page",
                    "content": {"application/json": {"schema": Detail.model_json_schema()}},
                }
            },
        )
        """
    assert not missing(after, expected), after
    again, mender, _ = mend(after)
    assert () == again.findings
    assert {} == mender.texts(behaviour=False)


LAYERED = {
    "errors.py": """
        from fastapi import FastAPI
        from fastapi.responses import JSONResponse


        class ShopError(Exception):
            def __init__(self, status: int, code: str) -> None:
                self.status, self.code = status, code


        def install(app: FastAPI) -> None:
            @app.exception_handler(ShopError)
            async def refuse(request, error):
                return JSONResponse({"error": {"code": error.code}}, error.status)
        """,
    "books.py": """
        from fastapi import APIRouter
        from fastapi.responses import JSONResponse

        from .errors import ShopError

        router = APIRouter(prefix="/books")


        @router.get("/{number}")
        def read(number: int) -> int:
            if number > 9:
                raise ShopError(404, "unknown")
            return number


        @router.put("/{number}")
        def write(number: int) -> int:
            return JSONResponse({"later": number}, 202) if number > 5 else number
        """,
    "shelves.py": """
        from fastapi import APIRouter, HTTPException

        from .errors import ShopError

        router = APIRouter(prefix="/shelves")


        @router.get("/{number}")
        def read(number: int) -> int:
            if number > 9:
                raise ShopError(409, "moved")
            if number < 0:
                raise HTTPException(400, "No shelf")
            return number
        """,
    "main.py": """
        from fastapi import FastAPI

        from . import books, shelves
        from .errors import install

        app = FastAPI()
        install(app)
        app.include_router(books.router)
        app.include_router(shelves.router)
        """,
}
WITH_ERRORS = """
    class ErrorBodyError(BaseModel):
        code: str


    class ErrorBody(BaseModel):
        error: ErrorBodyError
    ...
    class Detail(BaseModel):
        detail: str
    """


def test_files_that_share(shop: Shop) -> None:
    """A class for an error goes where all routes import from, though that speaks of apps; that for a success does not."""
    after = shop(LAYERED, "undocumented-status")
    assert not missing(after["errors.py"], WITH_ERRORS), after["errors.py"]
    assert "Answer" not in after["errors.py"]
    assert "class WriteAnswer(BaseModel):" in after["books.py"]
    assert "ErrorBody(BaseModel)" not in after["books.py"] + after["shelves.py"]
    assert not missing(after["shelves.py"], "from .errors import Detail, ErrorBody, ShopError")
