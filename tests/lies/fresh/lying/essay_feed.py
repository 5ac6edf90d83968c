"""Essays of a small magazine: articles with slugs, favourites, follows and a feed of one's own."""
# ruff: noqa: E501

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, Body, Depends, FastAPI, HTTPException, Path, Query, Request
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from starlette import status
from starlette.exceptions import HTTPException as StarletteHTTPException

T = TypeVar("T")
Line = Annotated[str, Field(min_length=1, max_length=120)]
EPOCH = datetime(2024, 1, 1, tzinfo=UTC)


class RWSchema(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


# domain


@dataclass
class UserRecord:
    username: str
    token: str
    bio: str | None = None
    follows: set[str] = field(default_factory=set)


@dataclass
class ArticleRecord:
    slug: str
    title: str
    body: str
    author: str
    number: int
    tags: list[str]
    favorited_by: set[str] = field(default_factory=set)


class EntityDoesNotExist(Exception):
    """Raised when an entity was not found in a repository."""


class Repo(Generic[T]):
    def __init__(self) -> None:
        self._rows: dict[str, T] = {}

    def get(self, key: str) -> T:
        try:
            return self._rows[key]
        except KeyError as missing:
            raise EntityDoesNotExist(f"{key!r} does not exist") from missing

    def put(self, key: str, row: T) -> T:
        self._rows[key] = row
        return row

    def pop(self, key: str) -> None:
        self._rows.pop(key, None)

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def all(self) -> list[T]:
        return list(self._rows.values())


users: Repo[UserRecord] = Repo()
articles: Repo[ArticleRecord] = Repo()
users.put("jake", UserRecord("jake", "jake-2f6d", bio="I work at statefarm"))
users.put("celeste", UserRecord("celeste", "celeste-90aa", bio="Essays on weather"))
users.put("arlo", UserRecord("arlo", "arlo-11c4"))


# schemas


class Profile(RWSchema):
    username: str
    bio: str = ""
    following: bool = False


class ProfileInResponse(RWSchema):
    profile: Profile


class ArticleInCreate(RWSchema):
    title: Line
    body: Annotated[str, Field(max_length=5000)]
    tag_list: list[Line] = []


class Article(RWSchema):
    slug: str
    title: str
    body: str
    tag_list: list[str]
    author: str
    created_at: datetime
    favorited: bool
    favorites_count: int


class ArticleInResponse(RWSchema):
    article: Article


class ListOfArticles(RWSchema):
    articles: list[Article]
    articles_count: int


class Errors(BaseModel):
    detail: str


# dependencies


class RWAPIKeyHeader(APIKeyHeader):
    async def __call__(self, request: Request) -> str:
        try:
            return await super().__call__(request) or ""
        except StarletteHTTPException as original:
            raise HTTPException(status_code=status.HTTP_403_FORBIDDEN, detail="Authentication required") from original


header = RWAPIKeyHeader(name="Authorization", scheme_name="Token")


def get_current_user(authorization: Annotated[str, Depends(header)]) -> UserRecord:
    prefix, _, token = authorization.partition(" ")
    found = next((user for user in users.all() if user.token == token), None)
    if prefix != "Token" or found is None:
        raise HTTPException(status_code=status.HTTP_403_FORBIDDEN, detail="Malformed credentials")
    return found


CurrentUser = Annotated[UserRecord, Depends(get_current_user)]
Slug = Annotated[str, Path(min_length=1, max_length=200)]


def get_article_by_slug(slug: Slug) -> ArticleRecord:
    try:
        return articles.get(slug)
    except EntityDoesNotExist:
        raise HTTPException(status_code=status.HTTP_404_NOT_FOUND, detail="Article does not exist") from None


ArticleBySlug = Annotated[ArticleRecord, Depends(get_article_by_slug)]


def slugify(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "untitled"


def present(record: ArticleRecord, user: UserRecord) -> Article:
    return Article(
        slug=record.slug,
        title=record.title,
        body=record.body,
        tag_list=record.tags,
        author=record.author,
        created_at=EPOCH + timedelta(minutes=record.number),
        favorited=user.username in record.favorited_by,
        favorites_count=len(record.favorited_by),
    )


FORBIDDEN: dict[int | str, dict[str, Any]] = {403: {"model": Errors, "description": "Not signed in, or not the author"}}
MISSING: dict[int | str, dict[str, Any]] = {404: {"model": Errors, "description": "No such essay or person"}}
router = APIRouter(prefix="/articles", tags=["articles"], responses=FORBIDDEN)
profiles = APIRouter(prefix="/profiles", tags=["profiles"], responses=MISSING)


@router.get("/feed")
async def feed(
    user: CurrentUser,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> ListOfArticles:
    followed = [a for a in articles.all() if a.author in user.follows]
    page = sorted(followed, key=lambda a: -a.number)[offset : offset + limit]
    return ListOfArticles(articles=[present(a, user) for a in page], articles_count=len(followed))


@router.post("", status_code=status.HTTP_201_CREATED)
async def create(user: CurrentUser, article: Annotated[ArticleInCreate, Body(embed=True)]) -> ArticleInResponse:
    slug = slugify(article.title)
    if slug in articles:
        raise HTTPException(status_code=status.HTTP_400_BAD_REQUEST, detail="Article already exists")  # lie: undocumented-status POST /articles 400
    number = len(articles.all())
    record = ArticleRecord(slug, article.title, article.body, user.username, number, article.tag_list)
    return ArticleInResponse(article=present(articles.put(slug, record), user))


@router.delete("/{slug}", status_code=status.HTTP_204_NO_CONTENT, responses=MISSING)
async def delete(article: ArticleBySlug, user: CurrentUser) -> None:
    if article.author != user.username:
        raise HTTPException(status_code=status.HTTP_403_FORBIDDEN, detail="Not your article")
    articles.pop(article.slug)


@router.post("/{slug}/favorite", responses={**MISSING, 400: {"model": Errors, "description": "Already a favourite"}})
async def mark_favorite(article: ArticleBySlug, user: CurrentUser) -> ArticleInResponse:
    if user.username in article.favorited_by:
        raise HTTPException(status_code=status.HTTP_400_BAD_REQUEST, detail="Article is already favorited")
    article.favorited_by.add(user.username)
    return ArticleInResponse(article=present(article, user))


@router.delete("/{slug}/favorite", responses=MISSING)
async def remove_favorite(article: ArticleBySlug, user: CurrentUser) -> ArticleInResponse:
    if user.username not in article.favorited_by:
        raise HTTPException(status_code=status.HTTP_400_BAD_REQUEST, detail="Article is not favorited")  # lie: undocumented-status DELETE /articles/{slug}/favorite 400
    article.favorited_by.discard(user.username)
    return ArticleInResponse(article=present(article, user))


@profiles.get("/{username}", response_model=ProfileInResponse)
async def read_profile(username: str) -> Any:
    try:
        person = users.get(username)
    except EntityDoesNotExist as missing:
        raise HTTPException(status_code=status.HTTP_404_NOT_FOUND, detail=str(missing)) from missing
    return {"profile": {"username": person.username, "bio": person.bio}}  # lie: server-error GET /profiles/{username} 500


@profiles.post("/{username}/follow", responses=FORBIDDEN)
async def follow(username: str, user: CurrentUser) -> ProfileInResponse:
    if username not in users:
        raise HTTPException(status_code=status.HTTP_404_NOT_FOUND, detail="No such person")
    user.follows.add(username)
    return ProfileInResponse(profile=Profile(username=username, bio=users.get(username).bio or "", following=True))


app = FastAPI(title="Essays")
app.include_router(router)
app.include_router(profiles)
