"""A request on the wire to the arguments of the client's method, as a caller would write them."""

import json
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, unquote_plus

from pydantic import BaseModel, TypeAdapter, ValidationError

from upheld.media import media_type
from upheld.model import Json, Operation, Request
from upheld.multipart import Part, split
from upheld.roundtrip import alike
from upheld.roundtrip.shipped import Method, Shipped, parts, unset

SEPARATORS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}


class UnsayableError(ValueError):
    """A request for which the client has no arguments."""


@dataclass(frozen=True, slots=True)
class Translator:
    """Knows the types of one package."""

    shipped: Shipped
    adapters: dict[object, TypeAdapter[Any]]

    def arguments(self, request: Request, operation: Operation, method: Method, *, typed: bool) -> dict[str, Any]:
        """Return the arguments that say a request; `typed` where each has to be of its annotation.

        Errors: UnsayableError, with what cannot be said.
        """
        found: dict[str, Any] = {}
        reader = _Reader(self, method, typed)
        path, query = _path_texts(request, operation.path), _query_texts(request)
        for parameter in method.record.parameters:
            value = reader.parameter(parameter, request, path, query)
            if value is not _ABSENT:
                found[method.argument(parameter)] = value
        if method.record.body is not None and request.body:
            found |= reader.body(request)
        return found


_ABSENT: Any = object()


@dataclass(frozen=True, slots=True)
class _Reader:
    translator: Translator
    method: Method
    typed: bool

    def parameter(
        self, parameter: Any, request: Request, path: Mapping[str, str], query: Sequence[tuple[str, str]]
    ) -> Any:
        hint = self.hint(self.method.argument(parameter))
        name, style = (
            parameter.name,
            parameter.style or ("form" if parameter.location in ("query", "cookie") else "simple"),
        )
        explode = parameter.explode if parameter.explode is not None else style == "form"
        match parameter.location:
            case "path":
                texts = [path[name]] if name in path else []
                read = unquote
            case "query":
                texts, read = [value for key, value in query if unquote_plus(key) == name], unquote_plus
                if style == "deepObject":
                    return self.deep(
                        parameter, hint, [(unquote_plus(key), unquote_plus(value)) for key, value in query]
                    )
            case "header":
                texts, read = [value.strip() for key, value in request.headers if key == name.lower()], str
            case _:
                texts, read = (
                    [value for key, value in alike.cookies(request.header("cookie") or "") if key == name],
                    str,
                )
        shapes = _shapes(hint)
        if not texts:
            if parameter.location in ("query", "cookie") and explode and "object" in shapes and "text" not in shapes:
                pairs = {unquote_plus(key): unquote_plus(value) for key, value in query}
                known = _names(hint)
                members = {key: value for key, value in pairs.items() if known is None or key in known}
                return self.read(hint, members) if members else _ABSENT
            return _ABSENT
        if parameter.media_type:
            return (
                self.json(hint, read(texts[0]))
                if parameter.media_type.partition(";")[0].endswith("json")
                else self.read(hint, read(texts[0]))
            )
        if parameter.location == "path" and style in ("label", "matrix"):
            texts = _undressed(texts[0], style, name, explode=explode)
        if "list" in shapes and not (len(texts) == 1 and "text" in shapes):
            if not (explode and parameter.location in ("query", "cookie")) and len(texts) == 1:
                separator = SEPARATORS.get(style, ",")
                texts = (
                    texts[0].replace(" ", "%20").replace("+", "%20").replace("|", "%7C").split(separator)
                    if separator != ","
                    else texts[0].split(",")
                )
                texts = [] if texts == [""] else texts
            return self.read(hint, [read(text) for text in texts])
        if "object" in shapes and "text" not in shapes:
            return self.read(hint, _object(texts[0], read, explode=explode))
        return self.read(hint, [read(text) for text in texts] if len(texts) > 1 else read(texts[0]))

    def deep(self, parameter: Any, hint: Any, query: Sequence[tuple[str, str]]) -> Any:
        made: dict[str, Any] = {}
        for key, value in query:
            if key.startswith(f"{parameter.name}[") and key.endswith("]"):
                steps = key[len(parameter.name) + 1 : -1].split("][")
                place = made
                for step in steps[:-1]:
                    place = place.setdefault(step, {})
                old = place.get(steps[-1], _ABSENT)
                place[steps[-1]] = value if old is _ABSENT else [*old, value] if isinstance(old, list) else [old, value]
        return self.read(hint, made) if made else _ABSENT

    def hint(self, argument: str) -> Any:
        if argument not in self.method.types:
            raise UnsayableError(f"{self.method.name}() has no argument {argument!r}")
        return unset(self.method.types[argument], self.translator.shipped)

    def read(self, hint: Any, value: Any) -> Any:
        """Return what texts say as the type that is annotated; the texts themselves where nothing need be."""
        if not self.typed:
            return value
        adapter = self.adapter(hint)
        try:
            return adapter.validate_strings(value)
        except ValidationError as error:
            for other in _readings(value):
                try:
                    return adapter.validate_python(other)
                except ValidationError:
                    continue
            raise UnsayableError(f"{_shown(value)} is no {_name(hint)}: {error.errors()[0]['msg']}") from error

    def json(self, hint: Any, text: str | bytes) -> Any:
        """Return the JSON value of a text as the type that is annotated."""
        raw = text.encode(errors="surrogateescape") if isinstance(text, str) else text
        if not self.typed:
            try:
                return json.loads(raw)
            except (ValueError, RecursionError) as error:
                raise UnsayableError("the body is no JSON") from error
        answers = self.translator.shipped.runtime["answers"]
        try:
            return self.reads(hint).parsed(raw)
        except answers.BrokenBodyError as error:
            raise UnsayableError(f"{error.where}: {error.what}") from error

    def reads(self, hint: Any) -> Any:
        """Return the package's own reader of a type: a model is made as the one of an answer is."""
        known = self.translator.adapters
        key = ("json", repr(hint))
        if key not in known:
            known[key] = self.translator.shipped.runtime["answers"].Reads("json", hint)
        return known[key]

    def adapter(self, hint: Any) -> TypeAdapter[Any]:
        known, key = self.translator.adapters, repr(hint)
        if key not in known:
            known[key] = TypeAdapter(hint)
        return known[key]

    def body(self, request: Request) -> dict[str, Any]:
        body, content = self.method.record.body, request.sent or b""
        kind = media_type(request.header("content-type"))
        match body.kind:
            case "json":
                return {body.argument: self.json(self.hint(body.argument), content)}
            case "lines":
                lines = [line for line in content.replace(b"\x1e", b"").split(b"\n") if line.strip()]
                item = next((part for part in map(_item, parts(self.hint(body.argument))) if part is not None), Any)
                return {body.argument: [self.json(item, line) for line in lines] if self.typed else content}
            case "text":
                return {body.argument: self.read(self.hint(body.argument), content.decode(errors="surrogateescape"))}
            case "bytes":
                return {body.argument: content}
        if kind != media_type(body.media_type):
            raise UnsayableError(f"the client sends {body.media_type}, not {kind or 'a body of no media type'}")
        given = _form_parts(request, content)
        if body.members is None:
            whole: dict[str, Any] = {}
            for part in given:
                old = whole.get(part.name, _ABSENT)
                whole[part.name] = (
                    part.data if old is _ABSENT else [*old, part.data] if isinstance(old, list) else [old, part.data]
                )
            return {body.argument: self.read(self.hint(body.argument), whole)}
        found = {}
        for member in body.members:
            mine = [part for part in given if part.name == member.name]
            if mine:
                found[self.method.argument(member)] = self.member(member, mine)
        return found

    def member(self, member: Any, given: list[Part]) -> Any:
        hint = self.hint(self.method.argument(member))
        shapes = _shapes(hint)
        if member.file:
            file = self.translator.shipped.runtime["wire"].File
            files = [
                file(
                    part.data.encode("utf-8", errors="surrogateescape"),
                    part.filename or "upload",
                    part.media_type or "application/octet-stream",
                )
                for part in given
            ]
            return files if "list" in shapes else files[0] if len(files) == 1 else files
        texts = [part.data for part in given]
        if "list" in shapes and not (len(texts) == 1 and "text" in shapes):
            if member.explode is False and len(texts) == 1:
                texts = texts[0].split(SEPARATORS.get(member.style, ","))
            return self.read(hint, texts)
        if "object" in shapes and "text" not in shapes:
            return self.json(hint, texts[0])
        return self.read(hint, texts if len(texts) > 1 else texts[0])


def _item(hint: Any) -> Any:
    arguments = typing.get_args(hint)
    return arguments[0] if arguments and typing.get_origin(hint) is not None else None


def _shapes(hint: Any) -> set[str]:
    """Return what an annotation takes: "text" for anything that stands in one text, "list", "object"."""
    found = set[str]()
    for part in parts(hint):
        origin = typing.get_origin(part) or part
        if part is type(None):
            continue
        if origin is Any or origin is object:
            found |= {"text"}
        elif isinstance(origin, type) and (issubclass(origin, dict | Mapping) or _is_model(origin)):
            found |= {"list"} if _is_list_model(origin) else {"object"}
        elif (
            isinstance(origin, type)
            and issubclass(origin, Sequence | set | frozenset)
            and not issubclass(origin, str | bytes)
        ):
            found |= {"list"}
        else:
            found |= {"text"}
    return found


def _is_model(kind: type) -> bool:
    return issubclass(kind, BaseModel) and not (kind.__pydantic_root_model__ and not _is_list_model(kind))


def _is_list_model(kind: type) -> bool:
    if not issubclass(kind, BaseModel) or not kind.__pydantic_root_model__:
        return False
    return "list" in _shapes(kind.model_fields["root"].annotation)


def _names(hint: Any) -> set[str] | None:
    """Return the names on the wire of an object's members; `None` where they may be any."""
    found = set[str]()
    for part in parts(hint):
        if isinstance(part, type) and issubclass(part, BaseModel):
            if part.model_config.get("extra") == "allow":
                return None
            found |= {field.alias or name for name, field in part.model_fields.items()}
        elif part is not type(None):
            return None
    return found


def _readings(value: Any) -> list[Json]:
    """Return what a text, or each of several, says as JSON."""
    try:
        if isinstance(value, str):
            return [json.loads(value)]
        if isinstance(value, list):
            return [[json.loads(text) for text in value], [value]]
        if isinstance(value, dict):
            return [{key: json.loads(text) for key, text in value.items() if isinstance(text, str)}]
    except (ValueError, RecursionError):
        pass
    return [value]


def _path_texts(request: Request, template: str) -> dict[str, str]:
    found = alike.path_texts(request, template)
    if found is None:
        raise UnsayableError(f"the path is none of {template}")
    return dict(found)


def _query_texts(request: Request) -> list[tuple[str, str]]:
    """Return names and values of a query, still encoded: a comma that was encoded separates nothing."""
    query = request.target.partition("?")[2]
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return [(name, value) for name, _, value in pairs]


def _undressed(text: str, style: str, name: str, *, explode: bool) -> list[str]:
    if style == "label":
        return [text.removeprefix(".").replace(".", ",") if explode else text.removeprefix(".")]
    rest = text.removeprefix(";")
    prefix = f"{name}="
    if explode:
        return [",".join(part.removeprefix(prefix) for part in rest.split(";"))]
    return [rest.removeprefix(prefix)]


def _object(text: str, read: Any, *, explode: bool) -> dict[str, str]:
    parts = text.split(",")
    if explode:
        pairs = [part.partition("=")[::2] for part in parts]
    else:
        pairs = list(zip(parts[::2], parts[1::2], strict=False))
    return {read(name): read(value) for name, value in pairs}


def _form_parts(request: Request, content: bytes) -> list[Part]:
    kind = request.header("content-type") or ""
    if media_type(kind) == "application/x-www-form-urlencoded":
        pairs = parse_qsl(content.decode("latin-1"), keep_blank_values=True, errors="surrogateescape")
        return [Part(name=name, data=value) for name, value in pairs]
    found = split(content, kind)
    if found is None:
        raise UnsayableError("the body is no multipart/form-data")
    return found


def _name(hint: Any) -> str:
    return getattr(hint, "__name__", None) or str(hint).replace("typing.", "")


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
