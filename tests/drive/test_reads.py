"""What the user's code reads from a request by name is written down, with its line; what a library reads is not."""

from pathlib import Path

import pytest
from starlette.datastructures import Headers, ImmutableMultiDict
from starlette.requests import HTTPConnection

from tests.build import location, operation, parameter
from tests.drive.marked import asked, is_here
from upheld.drive.reads import is_undocumented, read_names, words
from upheld.model import Operation, Read

READS = {
    "a query parameter": (
        """
@app.get("/a")
def a(request: Request):
    request.query_params.get("name")  # here
""",
        "query",
    ),
    "one that must be there": (
        """
@app.get("/a")
def a(request: Request):
    try: request.query_params["name"]  # here
    except KeyError: ...
""",
        "query",
    ),
    "one that is asked for": (
        """
@app.get("/a")
def a(request: Request):
    "name" in request.query_params  # here
""",
        "query",
    ),
    "all of one name": (
        """
@app.get("/a")
def a(request: Request):
    request.query_params.getlist("name")  # here
""",
        "query",
    ),
    "a header": (
        """
@app.get("/a")
def a(request: Request):
    request.headers.get("Name")  # here
""",
        "header",
    ),
    "a header, in a middleware": (
        """
@app.middleware("http")
async def gate(request, call_next):
    "Name" in request.headers  # here
    answer = await call_next(request)
    answer.headers.get("other")
    return answer
@app.get("/a")
def a(): ...
""",
        "header",
    ),
    "a header, in a middleware that knows nothing of Starlette": (
        """
from starlette.datastructures import Headers
class Gate:
    def __init__(self, app): self.app = app
    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            Headers(scope=scope).get("name")  # here
        await self.app(scope, receive, send)
app.add_middleware(Gate)
@app.get("/a")
def a(): ...
""",
        "header",
    ),
    "a cookie": (
        """
@app.get("/a")
def a(request: Request):
    request.cookies.get("name")  # here
""",
        "cookie",
    ),
    "a cookie that must be there": (
        """
@app.get("/a")
def a(request: Request):
    try: request.cookies["name"]  # here
    except KeyError: ...
""",
        "cookie",
    ),
    "a cookie that is asked for": (
        """
@app.get("/a")
def a(request: Request):
    "name" in request.cookies  # here
""",
        "cookie",
    ),
}
UNREAD = {
    "what FastAPI parses": """
@app.get("/a")
def a(q: int, name: Annotated[str, Header()] = "", cookie: Annotated[str, Cookie()] = ""): ...
""",
    "what a form holds": """
@app.get("/a")
async def a(request: Request):
    (await request.form()).get("name")
""",
    "all there is": """
@app.get("/a")
def a(request: Request):
    return [*request.query_params.items(), *request.headers.items(), *request.cookies.items()]
""",
    "what an answer holds": """
@app.get("/a")
def a(response: Response):
    response.headers.get("name")
""",
}


@pytest.mark.parametrize(("source", "where"), READS.values(), ids=READS)
def test_reads(source: str, where: str, tmp_path: Path) -> None:
    (read,) = asked(source, tmp_path).seen.reads
    assert (where, "name") == (read.where, read.name)
    assert is_here(read.location)


@pytest.mark.parametrize("source", UNREAD.values(), ids=UNREAD)
def test_unread(source: str, tmp_path: Path) -> None:
    assert () == asked(source, tmp_path).seen.reads


def test_undone_afterwards() -> None:
    def doors() -> list[object]:
        names = ("__getitem__", "__contains__", "getlist")
        return [vars(c)[n] for c in (Headers, ImmutableMultiDict) for n in names] + [vars(HTTPConnection)["cookies"]]

    before = doors()
    with read_names():
        assert not any(now is then for now, then in zip(doors(), before, strict=True))
    assert before == doors()


def reader(value: str) -> int:
    """Compare; this is too long to be sent as a value, for it is a sentence."""
    if value in {"xml", "csv"}:
        return 41
    return 0 if value.startswith(("a line\n", "name", "true")) else -1


def test_words() -> None:
    assert {"xml", "csv", "41", "true", "0", "-1"} == set(words(reader.__code__, "name"))
    assert words(reader.__code__, "xml") == tuple(word for word in words(reader.__code__, "") if word != "xml")


KEY = {"components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}}}
DOCUMENTED = operation(
    parameters=(parameter("page", {}), parameter("X-Tenant", {}, "header"), parameter("theme", {}, "cookie")),
    document=KEY,
)
UNDOCUMENTED: dict[str, tuple[str, str, Operation, bool]] = {
    "a query parameter": ("query", "debug", DOCUMENTED, True),
    "one that is documented": ("query", "page", DOCUMENTED, False),
    "one that is documented as something else": ("query", "theme", DOCUMENTED, True),
    "a header": ("header", "x-debug", DOCUMENTED, True),
    "a header that is documented": ("header", "x-tenant", DOCUMENTED, False),
    "a header that signs in": ("header", "x-key", DOCUMENTED, False),
    "a header that signs in elsewhere": ("header", "x-key", operation(), True),
    "a cookie": ("cookie", "seen", DOCUMENTED, True),
    "a cookie that is documented": ("cookie", "theme", DOCUMENTED, False),
    "Accept": ("header", "accept", DOCUMENTED, False),
    "Accept-Language": ("header", "accept-language", DOCUMENTED, False),
    "Authorization": ("header", "authorization", DOCUMENTED, False),
    "a condition": ("header", "if-none-match", DOCUMENTED, False),
    "a proxy's": ("header", "x-forwarded-for", DOCUMENTED, False),
    "a query parameter named like a header": ("query", "from", DOCUMENTED, True),
    "what no cookie can be called": ("cookie", "a;b", DOCUMENTED, False),
    "nothing": ("query", "", DOCUMENTED, False),
}


@pytest.mark.parametrize(("where", "name", "asked_of", "expected"), UNDOCUMENTED.values(), ids=UNDOCUMENTED)
def test_is_undocumented(where: str, name: str, asked_of: Operation, expected: bool) -> None:
    assert expected is is_undocumented(Read(where=where, name=name, location=location()), asked_of)
