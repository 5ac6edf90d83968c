"""A whole request or answer around the value that shows a break."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote, urlencode

from upheld.diff.finding import ABSENT
from upheld.diff.forms import written
from upheld.diff.operations import Call, Document, Part
from upheld.diff.schemas import Schemas
from upheld.model import Json, Side


class Exchanges:
    """Makes requests and answers of one contract."""

    def __init__(self, document: Document, schemas: Schemas, *, old: bool) -> None:
        """Take the document that describes them."""
        self._document = document
        self._schemas = schemas
        self._old = old

    def request(
        self, call: Call, given: Mapping[tuple[str, str], Json], body: tuple[str, Json] | None = None
    ) -> dict[str, Json]:
        """Return a request with some parameters and a body given, and all else that the contract requires.

        Shapes: parameters by place and name as `Document.parameters` has them; a body with its media type.
        """
        path, query, headers = call.path, [], {}
        for (location, key), part in self._document.parameters(call).items():
            value = given[location, key] if (location, key) in given else self._needed(part)
            if value is ABSENT:
                continue
            name = str(part.raw.get("name"))
            match location:
                case "path":
                    path = path.replace(f"{{{name}}}", quote(_text(value), safe=""))
                case "query" if isinstance(value, list):
                    query += [(name, _text(item)) for item in value]
                case "query":
                    query.append((name, _text(value)))
                case "cookie":
                    headers["cookie"] = f"{name}={_text(value)}"
                case _:
                    headers[name] = _text(value)
        body = body or self._body(call)
        if body is not None:
            headers["content-type"] = body[0]
        target = f"{path}?{urlencode(query)}" if query else path
        return {"method": call.method, "target": target, "headers": headers, "body": None if body is None else body[1]}

    def _needed(self, part: Part) -> Json:
        required = part.raw.get("required") is True or part.raw.get("in") == "path"
        schema = part.raw.get("schema")
        if not required or schema is None:
            return ABSENT
        return self._schemas.smallest(schema, (*part.tokens, "schema"), Side.REQUEST, old=self._old)

    def _body(self, call: Call) -> tuple[str, Json] | None:
        body = self._document.body(call)
        if body is None or body.raw.get("required") is not True:
            return None
        for name, part in self._document.content(body).items():
            tokens = (*part.tokens, "schema")
            value = self._schemas.smallest(part.raw.get("schema", True), tokens, Side.REQUEST, old=self._old)
            if value is not ABSENT:
                return name, value
        return None


def answer(
    status: str, media_type: str, body: Json, headers: Mapping[str, Json] = MappingProxyType({})
) -> dict[str, Json]:
    """Return an answer of a documented status, such as `404`, `4XX` or `default`."""
    code = "500" if status == "default" else status.replace("XX", "00")
    told = {"content-type": media_type} if media_type else {}
    told |= {name: _text(value) for name, value in headers.items()}
    return {"status": int(code), "headers": told, "body": body}


def _text(value: Json) -> str:
    if isinstance(value, list):
        return ",".join(map(_text, value))
    return value if isinstance(value, str) else written(value)
