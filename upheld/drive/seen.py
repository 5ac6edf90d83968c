"""Remembers values that the app has answered with, so that later requests can name things that exist."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from upheld.drive.shape import members
from upheld.media import single
from upheld.model import Exchange, Json, Operation, Request

_MOST = 6
_OBJECTS_MOST = 2
_CONDITIONS = {"etag": ("if-none-match", "if-match"), "last-modified": ("if-modified-since", "if-unmodified-since")}
"""Which request headers take a validator back (RFC 9110, 13.1)."""
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SECRET = re.compile(r"(access|refresh|id|session|auth|api)?token|apikey|(client)?secret|password")
"""What a member is called, plainly, whose value is a secret; a `next_page_token` is none."""


class Seen:
    """Scalars of successful answers, by member name and by the collection they came from."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Json]] = defaultdict(list)
        self._by_collection: dict[str, list[Json]] = defaultdict(list)
        self._collections: dict[str, tuple[int, list[str]]] = {}
        self.uuids: list[Json] = []
        """Texts of successful answers that are UUIDs: there is no other thing that one of them could name."""
        self.secrets: set[str] = set()
        """Tokens and other secrets that the app made and answered with."""
        self.conditions: dict[str, list[tuple[Request, str, str]]] = defaultdict(list)
        """By path template: a request that was answered with a validator, and the validator's header and value."""
        self.objects: dict[str, list[Mapping[str, Json]]] = defaultdict(list)
        """By label, the scalars of objects that were answered with, under their plain names."""

    def add(self, exchange: Exchange) -> None:
        """Take what a successful JSON answer says."""
        if not 200 <= exchange.status < 300:
            return
        for name, sent in exchange.headers:
            if name in _CONDITIONS and len(known := self.conditions[exchange.operation.path]) < _MOST:
                known.append((exchange.request, name, sent))
        if not exchange.body or len(exchange.body) > 65_536:
            return
        collection = _collection(exchange.operation.path)
        (value,) = single(exchange.body, "application/json")  # what is no JSON has no members
        if isinstance(value, dict):
            _keep(self.objects[exchange.operation.label], scalars(value), _OBJECTS_MOST)
        for path, member in members(value, 40):
            if not isinstance(member, str | int) or isinstance(member, bool):
                continue
            last = path[-1]
            name = last if isinstance(last, str) else next((s for s in reversed(path) if isinstance(s, str)), "")
            if name and len(str(member)) <= 200:
                plain = plain_name(name)
                _keep(self._by_name[plain], member)
                if isinstance(member, str) and is_uuid(member):
                    _keep(self.uuids, member)
                if _SECRET.fullmatch(plain) and not _was_sent(f"{member}", exchange.request):
                    self.secrets.add(f"{member}")
                if is_identifier(plain):
                    _keep(self._by_collection[collection], member)

    def values(self, name: str) -> list[Json]:
        """Return values answered under a member's name, or of the things that it names: `book_id` of books."""
        plain = plain_name(name)
        found = list(self._by_name.get(plain, ()))
        if plain.endswith("id") and len(plain) > 2:
            for collection in self._named(plain[:-2]):
                found += self._by_collection[collection]
        return found

    def _named(self, stem: str) -> list[str]:
        """Return the collections whose name begins with a stem but for its last letter: `books` for `book`."""
        count, found = self._collections.get(stem, (0, []))
        if count < len(self._by_collection):
            start = stem[:-1] or stem
            found = [one for one in self._by_collection if plain_name(one.rpartition("/")[2]).startswith(start)]
            self._collections[stem] = len(self._by_collection), found
        return found

    def conditional(self, operation: Operation, requests: list[Request]) -> Iterator[Request]:
        """Yield requests that hand a validator back: to what answered with it, and to its siblings of the same path."""
        for known, name, value in self.conditions.get(operation.path, ()):
            target = known.target.partition("?")[0]
            base = known if known.method == operation.method else next(iter(requests), None)
            if base is None:
                continue
            same = base if base is known else replace(base, target=target)
            for header in _CONDITIONS[name]:
                for text in (value, '"upheld"' if name == "etag" else "Thu, 01 Jan 1970 00:00:00 GMT"):
                    rest = tuple(pair for pair in same.headers if pair[0] != header)
                    yield replace(same, headers=(*rest, (header, text)))

    def texts(self, name: str, operation: Operation) -> list[str]:
        """Return values for a path or query parameter, those of the same collection first."""
        collection = operation.path.partition("/{" + name)[0]
        same = self._by_collection.get(collection, []) if collection != operation.path else []
        return [str(value) for value in dict.fromkeys([*same, *self.values(name)])]


def is_uuid(text: str) -> bool:
    """Return whether a text is a UUID as they are written mostly."""
    return _UUID.fullmatch(text) is not None


def scalars(value: Mapping[str, Json]) -> dict[str, Json]:
    """Return the scalars of an object under their plain names."""
    return {plain_name(name): member for name, member in value.items() if isinstance(member, str | int | float)}


def _keep(known: list[Any], value: Any, most: int = _MOST) -> None:
    if value not in known:
        known.append(value)
        if len(known) > most:
            del known[1]  # the first one stays: later things are often deleted again


@cache
def plain_name(name: str) -> str:
    """Return a name as it would be however it were written: `book_id` and `bookId` are one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


@cache
def _collection(path: str) -> str:
    return re.sub(r"/\{[^/]*\}$", "", path)


def _was_sent(text: str, request: Request) -> bool:
    return text in request.target or text.encode(errors="surrogatepass") in (request.body or b"")


def is_identifier(plain: str) -> bool:
    """Return whether a plain name is one of those that values have which name something."""
    return plain in ("id", "uuid", "key", "code", "slug", "name", "token", "isbn", "sku", "number") or plain.endswith(
        "id"
    )
