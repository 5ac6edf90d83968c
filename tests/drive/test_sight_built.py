"""The line that built an answer, or set its status, is found wherever in the user's own code it stands."""

from pathlib import Path

import pytest

from tests.drive.marked import asked, is_here

BUILT = {
    "returned": """
@app.get("/a")
def a():
    return JSONResponse({}, status_code=404)  # here
""",
    "over several lines": """
@app.get("/a")
def a():
    return JSONResponse(  # here
        {},
        status_code=404,
    )
""",
    "by a helper": """
def refuse():
    return PlainTextResponse("no", 404)  # here
@app.get("/a")
async def a():
    return refuse()
""",
    "by a dependency, thrown away": """
def dependency():
    JSONResponse({}, status_code=200)
@app.get("/a", dependencies=[Depends(dependency)])
def a():
    return JSONResponse({}, status_code=404)  # here
""",
    "by a class of the app's own": """
class Refused(JSONResponse):
    def __init__(self):
        super().__init__({}, status_code=404)
@app.get("/a")
def a():
    return Refused()  # here
""",
    "as a redirect": """
@app.get("/a")
def a():
    return RedirectResponse("/b", 404)  # here
""",
    "as a stream": """
@app.get("/a")
def a():
    return StreamingResponse(iter([b"x"]), 404)  # here
""",
    "as a file": """
@app.get("/a")
def a():
    return FileResponse(__file__, 404)  # here
""",
    "through a helper of a library, as templates are": """
import sys, types
templating = types.ModuleType("templating")
exec(compile("def render(cls):\\n    return cls('<p>', 404)", sys.prefix + "/site-packages/templating.py", "exec"), vars(templating))
@app.get("/a")
def a():
    return templating.render(HTMLResponse)  # here
""",
    "by a middleware": """
@app.middleware("http")
async def gate(request, call_next):
    return JSONResponse({}, status_code=404)  # here
@app.get("/a")
def a(): ...
""",
    "by a middleware, in place of another": """
@app.middleware("http")
async def gate(request, call_next):
    await call_next(request)
    return JSONResponse({}, status_code=404)  # here
@app.get("/a")
def a():
    return JSONResponse({}, status_code=404)
""",
    "by a bare ASGI middleware": """
class Gate:
    def __init__(self, app):
        self.app = app
    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            await JSONResponse({}, 404)(scope, receive, send)  # here
        else:
            await self.app(scope, receive, send)
app.add_middleware(Gate)
@app.get("/a")
def a(): ...
""",
    "of a status that was set": """
@app.get("/a")
def a(response: Response):
    response.status_code = 404  # here
    return {}
""",
    "of a status that was set in a dependency": """
def gone(response: Response):
    response.status_code = 404  # here
@app.get("/a", dependencies=[Depends(gone)])
def a():
    return {}
""",
    "of a status that was set on a response made before": """
@app.get("/a")
def a():
    made = JSONResponse({})  # here
    return made
""",
}


@pytest.mark.parametrize("source", BUILT.values(), ids=BUILT)
def test_built(source: str, tmp_path: Path) -> None:
    seen = asked(source, tmp_path)
    assert seen.status in (404, 200)
    assert is_here(seen.seen.built)
    assert is_here(seen.seen.decided)
    assert (None, None) == (seen.seen.raised, seen.seen.quirk)


def test_a_handler_builds_what_another_line_raised(tmp_path: Path) -> None:
    seen = asked(
        """
        class Missing(Exception): ...
        @app.exception_handler(Missing)
        def missing(request, error):
            return JSONResponse({"title": str(error)}, status_code=404)  # here
        @app.get("/a")
        def a():
            raise Missing("no such thing")
        """,
        tmp_path,
    ).seen
    assert seen.raised is not None
    assert ("Missing", "no such thing") == (seen.raised.kind, seen.raised.message)
    assert seen.decided is not None
    assert 'raise Missing("no such thing")' == seen.decided.code
    assert is_here(seen.composed)
