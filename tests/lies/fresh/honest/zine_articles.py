"""Articles of a zine: slugs, comments, favourites and follows, with or without a reader's token."""

import re
import unicodedata
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, FastAPI, HTTPException, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, ConfigDict, Field, field_serializer, field_validator
from pydantic.alias_generators import to_camel
from starlette.exceptions import HTTPException as StarletteHTTPException

Line = Annotated[str, Field(max_length=100)]
Tag = Annotated[str, Field(pattern=r"^[A-Za-z]{1,20}$")]


class Schema(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class ErrorsBody(BaseModel):
    body: list[str]


class Errors(BaseModel):
    errors: ErrorsBody


class Profile(Schema):
    username: str
    bio: str
    following: bool


class Draft(Schema):
    title: Line
    body: Annotated[str, Field(max_length=2000)]
    tag_list: list[Tag] | None = None

    @field_validator("tag_list", mode="after")
    @classmethod
    def lower(cls, tags: list[str] | None) -> list[str]:
        return sorted({tag.lower() for tag in tags or ()})


class Article(Schema):
    slug: str
    title: str
    body: str
    tag_list: list[str] = []
    created: datetime = Field(alias="createdAt")
    favorited: bool = False
    favorites_count: int = 0
    author: Profile

    @field_serializer("created")
    def iso(self, moment: datetime) -> str:
        return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


class ArticleOut(Schema):
    article: Article


class ArticlesOut(Schema):
    articles: list[Article]
    articles_count: int


class ProfileOut(Schema):
    profile: Profile


class Zine:
    """Everything that there is, by slug and by name."""

    def __init__(self) -> None:
        self.bios: dict[str, str | None] = {"mina": "Prints at night", "otis": None}
        self.tokens = {"tok-mina-71": "mina", "tok-otis-08": "otis"}
        self.drafts: dict[str, tuple[int, str, Draft]] = {}
        self.favorites: dict[str, set[str]] = defaultdict(set)
        self.follows: dict[str, set[str]] = defaultdict(set)
        self.count = 0

    def profile(self, name: str, reader: str | None) -> Profile:
        return Profile(username=name, bio=self.bios[name] or "", following=name in self.follows[reader or ""])

    def article(self, slug: str, reader: str | None) -> Article:
        number, author, draft = self.drafts[slug]
        fans = self.favorites.get(slug, set())
        return Article(
            **draft.model_dump(),
            slug=slug,
            created=datetime(2024, 3, 1, tzinfo=UTC) + timedelta(hours=number),
            favorited=reader in fans,
            favorites_count=len(fans),
            author=self.profile(author, reader),
        )

    def free_slug(self, title: str) -> str:
        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        base = slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "untitled"
        while slug in self.drafts:
            self.count += 1
            slug = f"{base}-{self.count}"
        return slug


zine = Zine()
token_header = APIKeyHeader(name="Authorization", scheme_name="Token", auto_error=False)


def optional_reader(header: Annotated[str | None, Depends(token_header)]) -> str | None:
    """The reader, where the header names one; a header that names nobody is as good as none."""
    scheme, _, token = (header or "").partition(" ")
    return zine.tokens.get(token) if scheme == "Token" else None


def required_reader(reader: Annotated[str | None, Depends(optional_reader)]) -> str:
    if reader is None:
        raise HTTPException(401, "missing or unknown token")
    return reader


def known_slug(slug: Annotated[str, Path(max_length=160)]) -> str:
    if slug not in zine.drafts:
        raise HTTPException(404, "article not found")
    return slug


Anyone = Annotated[str | None, Depends(optional_reader)]
Reader = Annotated[str, Depends(required_reader)]
Slug = Annotated[str, Depends(known_slug)]
OPTIONAL_AUTH = {"security": [{}]}


def errors(*codes: int, **reasons: str) -> dict[int | str, dict[str, Any]]:
    return {code: {"model": Errors, "description": reasons.get(f"r{code}", "Refused")} for code in codes}


# Bodies that are no text at all are refused with 400, before anybody looks for JSON in them.
BODY = errors(400, 422, r400="The body cannot be read", r422="A field is wrong")
articles = APIRouter(prefix="/articles", responses=errors(422))
profiles = APIRouter(prefix="/profiles/{username}", responses=errors(404, 422, r404="No such author"))


def known_author(username: Annotated[str, Path(min_length=1, max_length=40)]) -> str:
    if username in zine.bios:
        return username
    raise HTTPException(404, "profile not found")


Author = Annotated[str, Depends(known_author)]


@articles.get("", openapi_extra=OPTIONAL_AUTH)
async def list_articles(
    reader: Anyone,
    tag: Annotated[str | None, Query(max_length=20)] = None,
    author: Annotated[str | None, Query(max_length=40)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> ArticlesOut:
    found = [zine.article(slug, reader) for slug in reversed(zine.drafts)]
    if tag is not None:
        found = [article for article in found if tag in article.tag_list]
    if author is not None:
        found = [article for article in found if article.author.username == author]
    return ArticlesOut(articles=found[offset:][:limit], articles_count=len(found))


@articles.post("", status_code=201, responses={**BODY, **errors(401)})
async def publish(reader: Reader, article: Annotated[Draft, Body(embed=True)]) -> ArticleOut:
    slug = zine.free_slug(article.title)
    zine.drafts[slug] = (len(zine.drafts), reader, article)
    return ArticleOut(article=zine.article(slug, reader))


@articles.get("/{slug}", openapi_extra=OPTIONAL_AUTH, responses=errors(404))
async def read(slug: Slug, reader: Anyone) -> ArticleOut:
    return ArticleOut(article=zine.article(slug, reader))


@articles.delete("/{slug}", status_code=204, responses=errors(401, 403, 404))
async def withdraw(slug: Slug, reader: Reader) -> None:
    _, author, _ = zine.drafts[slug]
    if author != reader:
        raise HTTPException(403, "somebody else wrote it")
    del zine.drafts[slug]
    zine.favorites.pop(slug, None)


async def favorite(slug: Slug, reader: Reader, request: Request) -> ArticleOut:
    change = {"POST": set.add, "DELETE": set.discard}[request.method]
    change(zine.favorites[slug], reader)
    return ArticleOut(article=zine.article(slug, reader))


async def follow(author: Author, reader: Reader, request: Request) -> ProfileOut:
    change = {"POST": set.add, "DELETE": set.discard}[request.method]
    change(zine.follows[reader], author)
    return ProfileOut(profile=zine.profile(author, reader))


for method in ("POST", "DELETE"):
    articles.add_api_route("/{slug}/favorite", favorite, methods=[method], responses=errors(401, 404))
    profiles.add_api_route("/follow", follow, methods=[method], responses=errors(401))


@profiles.get("", openapi_extra=OPTIONAL_AUTH)
async def profile(author: Author, reader: Anyone) -> ProfileOut:
    return ProfileOut(profile=zine.profile(author, reader))


app = FastAPI(
    title="Zine", generate_unique_id_function=lambda route: f"{route.name}_{min(route.methods or {'get'}).lower()}"
)
app.include_router(articles)
app.include_router(profiles)


def envelope(status: int, *lines: str, headers: Any = None) -> JSONResponse:
    return JSONResponse(Errors(errors=ErrorsBody(body=list(lines))).model_dump(), status, headers)


@app.exception_handler(StarletteHTTPException)
async def refused(request: Request, error: StarletteHTTPException) -> JSONResponse:
    return envelope(error.status_code, str(error.detail), headers=error.headers)


@app.exception_handler(RequestValidationError)
async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    return envelope(
        422,
        *(f"{'.'.join(map(str, e['loc'])).encode('ascii', 'replace').decode()}: {e['type']}" for e in error.errors()),
    )
