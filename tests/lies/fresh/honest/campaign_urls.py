"""Short addresses for campaigns, with a rate limit for each client and a last click for each address."""

import itertools
import string
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint

ALPHABET = string.digits + string.ascii_lowercase


class Settings(BaseModel):
    window: int = 40
    allowance: int = 15
    base: str = "https://go.example"


class NewAddress(BaseModel):
    target: Annotated[str, Field(pattern=r"^https://[a-z0-9.-]{1,60}(/[A-Za-z0-9_./-]{0,100})?$")]
    alias: Annotated[str, Field(pattern=r"^[a-z]{3,16}$")] | None = None
    clicks: Annotated[int, Field(ge=1, le=10**6, description="How many there are before it is spent")] | None = None


class Address(BaseModel):
    code: str
    target: str
    left: int | None
    short: str


class Row:
    def __init__(self, code: str, target: str, left: int | None) -> None:
        self.code, self.target, self.left = code, target, left

    @property
    def spent(self) -> bool:
        return self.left == 0

    def click(self) -> str:
        self.left = self.left if self.left is None else self.left - 1
        return self.target


class Taken(Exception):
    pass


class Addresses:
    reserved = frozenset({"docs", "redoc", "addresses", "openapi"})

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.numbers = itertools.count(1296)

    def codes(self) -> Iterator[str]:
        """Base 36, without end, so `next` always finds one."""
        for number in self.numbers:
            code = ""
            while number:
                number, digit = divmod(number, 36)
                code = ALPHABET[digit] + code
            yield code

    def add(self, new: NewAddress) -> Row:
        if new.alias in self.rows or new.alias in self.reserved:
            raise Taken(new.alias)
        code = new.alias or next(c for c in self.codes() if c not in self.rows and c not in self.reserved)
        return self.rows.setdefault(code, Row(code, new.target, new.clicks))


class Limiter:
    """A sliding window over the last requests of everybody; a client may have made only some of them."""

    def __init__(self, settings: Settings) -> None:
        self.allowance = settings.allowance
        self.recent: deque[str] = deque(maxlen=settings.window)
        self.counts: Counter[str] = Counter()

    def tick(self, client: str) -> int:
        if len(self.recent) == self.recent.maxlen:
            self.counts[self.recent[0]] -= 1
        allowed = self.counts[client] < self.allowance
        self.recent.append(client if allowed else "nobody at all")
        self.counts[self.recent[-1]] += 1
        return self.allowance - self.counts[client] if allowed else -1


settings = Settings()
addresses = Addresses()
limiter = Limiter(settings)
INTEGER = {"required": True, "schema": {"type": "integer"}}
REMAINING = {"X-RateLimit-Remaining": {"description": "Requests that are left", **INTEGER}}


class RateLimitMiddleware(BaseHTTPMiddleware):
    """Tells on every answer of a limited operation what is left."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        remaining = getattr(request.state, "remaining", None)
        if remaining is not None:
            response.headers["X-RateLimit-Remaining"] = str(max(0, remaining))
        return response


def limited(request: Request, x_client: Annotated[str, Header(max_length=40)] = "anonymous") -> None:
    request.state.remaining = limiter.tick(x_client)
    if request.state.remaining < 0:
        raise HTTPException(429, "Slow down", {"Retry-After": str(settings.window)})


class Detail(BaseModel):
    detail: str


def problem(status: int, text: str, **headers: Any) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Detail, "description": text, **({"headers": headers} if headers else {})}}


TOO_MANY = problem(429, "Too many requests", **{"Retry-After": INTEGER}, **REMAINING)


@contextmanager
def conflicts() -> Iterator[None]:
    try:
        yield
    except Taken as error:
        raise HTTPException(409, f"{error} is taken") from error


def by_code(code: Annotated[str, Path(pattern="^[a-z0-9]{3,16}$")]) -> Row:
    row = addresses.rows.get(code)
    if not row:
        raise HTTPException(404, "No such address")
    return row


Found = Annotated[Row, Depends(by_code)]
UNKNOWN = problem(404, "No such address")
manage = APIRouter(prefix="/addresses", dependencies=[Depends(limited)], responses=TOO_MANY)
public = APIRouter(responses=UNKNOWN)


def show(row: Row) -> Address:
    return Address(code=row.code, target=row.target, left=row.left, short=f"{settings.base}/{row.code}")


@manage.post(
    "",
    status_code=201,
    responses={
        201: {"headers": {"Location": {"required": True, "schema": {"type": "string"}}, **REMAINING}},
        **problem(409, "The alias is taken", **REMAINING),
    },
)
def shorten(new: NewAddress, response: Response) -> Address:
    with conflicts():
        row = addresses.add(new)
    response.headers["Location"] = f"/addresses/{row.code}"
    return show(row)


@manage.get("/{code}", responses={200: {"headers": REMAINING}, **UNKNOWN})
def inspect(row: Found) -> Address:
    return show(row)


@manage.delete("/{code}", status_code=204, responses={204: {"headers": REMAINING}, **UNKNOWN})
def remove(row: Found) -> None:
    addresses.rows.pop(row.code, None)


class Follow(RedirectResponse):
    def __init__(self, row: Row) -> None:
        super().__init__(row.click(), 302, {"Cache-Control": "no-store"})


@public.get(
    "/{code}",
    response_class=Follow,
    status_code=302,
    responses={
        302: {
            "headers": {
                name: {"required": True, "schema": {"type": "string"}} for name in ("Location", "Cache-Control")
            }
        },
        **problem(410, "All its clicks are used"),
    },
)
def follow(row: Found) -> Follow:
    if row.spent:
        raise HTTPException(410, "All its clicks are used")
    return Follow(row)


@public.get("/{code}/preview", response_class=HTMLResponse, responses={404: {"content": {"application/json": {}}}})
def preview(row: Found) -> str:
    return f'<a rel="nofollow" href="{row.target}">{row.target}</a>'


app = FastAPI(title="Campaigns")
app.add_middleware(RateLimitMiddleware)
app.include_router(manage)
app.include_router(public)
