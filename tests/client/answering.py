"""A server that answers every operation of a contract with the contract's own examples."""

import json
import re
from pathlib import Path
from urllib.parse import unquote

import httpx2

from upheld.client import describe
from upheld.client.bodies import item_schema
from upheld.client.methods import Method, Reply
from upheld.client.replies import response
from upheld.client.values import Values
from upheld.media import media_type
from upheld.model import Contract, Json, MediaType


class Answering:
    """Answers with the first success, or with what is asked for; remembers what it was sent."""

    def __init__(self, contract: Contract) -> None:
        self.methods = describe(contract, Path("openapi.json")).methods
        self.values = Values(contract)
        self.seen: list[httpx2.Request] = []
        self.status: int | None = None
        """What is answered next, where it is no success."""

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        self.seen.append(request)
        method = self.method(request)
        return self.answer(method, self._reply(method))

    async def awaited(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a client that does not wait."""
        await request.aread()
        self.seen.append(request)
        method = self.method(request)
        return self.answer(method, self._reply(method))

    def method(self, request: httpx2.Request) -> Method:
        """Return whose operation a request is: one with a path of its own words before one that fits."""
        path = unquote(request.url.path)
        fitting = [
            one
            for one in self.methods
            if one.operation.method == request.method
            and re.fullmatch(re.sub(r"\\\{[^{}]+\\\}", "[^/]*", re.escape(one.operation.path)), path)
        ]
        return min(fitting, key=lambda one: one.operation.path.count("{"))

    def _reply(self, method: Method) -> Reply:
        replies = [one for one in method.replies if one.success == (self.status is None)]
        wanted = [one for one in replies if self.status is None or one.key == f"{self.status}"]
        return wanted[0]

    def answer(self, method: Method, reply: Reply) -> httpx2.Response:
        """Return the example of a reply."""
        documented = response(method.operation, reply.key)
        status = int(reply.key) if reply.key.isdecimal() else 200
        headers = {"location": "/elsewhere"} if reply.redirect else {}
        for name in reply.headers if documented is not None else ():
            headers[name] = str(self.values.example(documented.headers[name].schema))  # type: ignore[union-attr]
        if documented is None or not reply.reads:
            return httpx2.Response(status, headers=headers)
        media, entry = next(iter(documented.content.items()))
        sent = "image/png" if media == "image/*" else media
        body = self._body(method, reply, media_type(media), entry)
        return httpx2.Response(status, headers={**headers, "content-type": sent}, content=body)

    def _body(self, method: Method, reply: Reply, media: str, entry: MediaType) -> bytes:
        shown = [
            one.value
            for one in method.operation.examples
            if one.where == (reply.key,) and media_type(one.media_type) == media
        ]
        match reply.reads[0].kind:
            case "json":
                return json.dumps(self._example(entry, shown)).encode()
            case "lines":
                return json.dumps(self.values.example(item_schema(self.values._document, entry))).encode() + b"\n"
            case "events":
                event = self.values.example(True if entry.item_schema is None else entry.item_schema)
                data = self._data(entry) if isinstance(event, dict) else "text"
                return f"data: {data}\n\n".encode()
            case _:
                return str(shown[0] if shown else "text\n").encode()

    def _example(self, entry: MediaType, shown: list[Json]) -> Json:
        return self.values.example(True if entry.schema is None else entry.schema, iter(shown))

    def _data(self, entry: MediaType) -> str:
        properties = entry.item_schema.get("properties", {}) if isinstance(entry.item_schema, dict) else {}
        data = properties.get("data", {})
        return json.dumps(self.values.example(data["contentSchema"])) if "contentSchema" in data else "text"
