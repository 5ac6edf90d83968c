"""Feature flags with gradual rollouts, versions and optimistic locking."""
# ruff: noqa: E501

import zlib
from collections.abc import Callable
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, FastAPI, Header, HTTPException, Path, Response
from pydantic import BaseModel, Field, computed_field

Percent = Annotated[int, Field(ge=0, le=100)]
Key = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="The key of the flag")]
Label = Annotated[str, Field(pattern=r"^[a-z0-9]{1,16}$")]


class FlagIn(BaseModel):
    percent: Percent = 0
    groups: Annotated[list[Label], Field(max_length=10)] = []
    note: Annotated[str, Field(max_length=200)] | None = None


class Flag(FlagIn):
    key: str
    version: int = 1
    archived: bool = False

    @computed_field
    @property
    def live(self) -> bool:
        return not self.archived and (self.percent > 0 or bool(self.groups))

    @property
    def etag(self) -> str:
        return f'"{self.key}:{self.version}"'


class Verdict(BaseModel):
    key: str
    on: bool
    reason: str


class Detail(BaseModel):
    detail: str


ETAG = {"ETag": {"description": "The version of the flag", "required": True, "schema": {"type": "string"}}}
IfMatch = Annotated[str | None, Header(description="The ETag of the version that is changed")]
IfNoneMatch = Annotated[str | None, Header(description="The ETag of the version that is known")]


def error(status: int, description: str) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Detail, "description": description}}


class View:
    """A class whose methods, named after HTTP methods, are the operations of one path."""

    path: ClassVar[str]
    options: ClassVar[dict[str, dict[str, Any]]] = {}

    @classmethod
    def mount(cls, router: APIRouter) -> None:
        view = cls()
        for method in ("get", "put", "patch", "delete", "post"):
            endpoint: Callable[..., Any] | None = getattr(view, method, None)
            if endpoint is not None:
                name = f"{method}_{cls.__name__.lower()}"
                router.add_api_route(cls.path, endpoint, methods=[method.upper()], name=name, **cls.options.get(method, {}))


class Store:
    def __init__(self) -> None:
        self.flags = {"dark_mode": Flag(key="dark_mode", percent=20), "new_cart": Flag(key="new_cart", groups=["staff"])}

    def require(self, key: str) -> Flag:
        flag = self.flags.get(key)
        if flag is None:
            raise HTTPException(404, f"No flag {key}")
        return flag

    def replace(self, old: Flag, **changes: Any) -> Flag:
        new = old.model_copy(update={**changes, "version": old.version + 1})
        self.flags[old.key] = new
        return new


store = Store()


class FlagCollection(View):
    path = "/flags"

    def get(self, live: bool | None = None) -> list[Flag]:
        return [flag for flag in store.flags.values() if live is None or flag.live == live]


class FlagItem(View):
    path = "/flags/{key}"
    options: ClassVar = {
        "get": {"responses": {200: {"headers": ETAG}, 304: {"description": "Still the same", "headers": ETAG}, **error(404, "No such flag")}},
        "put": {
            "responses": {
                200: {"headers": ETAG},
                201: {"model": Flag, "description": "A new flag", "headers": ETAG},
                **error(412, "Somebody else changed it"),
            }
        },
        "delete": {"responses": {200: {"description": "The flag as it was archived"}, **error(404, "No such flag")}},
    }

    def get(self, key: Key, response: Response, if_none_match: IfNoneMatch = None) -> Flag:
        flag = store.require(key)
        if if_none_match == flag.etag:
            return Response(status_code=304)  # lie: response-header-mismatch GET /flags/{key} 304
        response.headers["ETag"] = flag.etag
        return flag

    def put(self, key: Key, wanted: FlagIn, response: Response, if_match: IfMatch = None) -> Flag:
        flag = store.flags.get(key)
        if flag is None:
            if if_match is not None:
                raise HTTPException(412, "There is no version yet")
            flag = store.flags[key] = Flag(key=key, **wanted.model_dump())
            response.status_code = 201
        else:
            self._check(flag, if_match)
            flag = store.replace(flag, **wanted.model_dump(), archived=False)
        response.headers["ETag"] = flag.etag
        return flag

    def delete(self, key: Key, response: Response) -> Flag:
        flag = store.require(key)
        if flag.archived:
            return Response(status_code=204)  # lie: undocumented-status DELETE /flags/{key} 204
        return store.replace(flag, archived=True)

    @staticmethod
    def _check(flag: Flag, if_match: str | None) -> None:
        match if_match:
            case "*" if not flag.archived:
                return
            case None if flag.version > 1:
                raise HTTPException(428, "Say with If-Match which version you know")  # lie: undocumented-status PUT /flags/{key} 428
            case None:
                return
            case _ if if_match != flag.etag:
                raise HTTPException(412, f"The flag is at version {flag.version}")


class Evaluation(View):
    path = "/flags/{key}/for/{user}"
    options: ClassVar = {"get": {"responses": error(404, "No such flag")}}

    def get(self, key: Key, user: Annotated[str, Path(max_length=60)], group: str | None = None) -> Verdict:
        flag = store.require(key)
        if not flag.live:
            return Verdict(key=key, on=False, reason="not live")
        if group is not None and group in flag.groups:
            return Verdict(key=key, on=True, reason="group")
        bucket = zlib.crc32(f"{key}/{user}".encode()) % 100
        return Verdict(key=key, on=bucket < flag.percent, reason="rollout")


router = APIRouter(tags=["flags"])
for view in (FlagCollection, FlagItem, Evaluation):
    view.mount(router)

app = FastAPI(title="Rollouts")
app.include_router(router)
