"""A request on the wire to the arguments of the client's method, as a caller would write them."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, unquote_plus

from pydantic import TypeAdapter, ValidationError

from upheld.media import FORMS, media_type
from upheld.model import Json, Operation, Request
from upheld.multipart import Part, split
from upheld.roundtrip.alike import cookies, path_texts, same_text
from upheld.roundtrip.annotations import is_list, is_object, item, member_names, named, parts, shown, without
from upheld.roundtrip.shipped import Method, Shipped

SEPARATORS = {"spaceDelimited": ("%20", "+"), "pipeDelimited": ("%7C", "|")}
_ABSENT: Any = object()

Read = Callable[[str], str]


class UnsayableError(ValueError):
    """A request for which the client has no arguments."""


@dataclass(frozen=True, slots=True)
class Translator:
    """Knows the types of one package."""

    shipped: Shipped
    adapters: dict[object, Any] = field(default_factory=dict)
    """What reads each annotation, made when it is first needed."""

    def arguments(self, request: Request, operation: Operation, method: Method, *, typed: bool) -> dict[str, Any]:
        """Return the arguments that say a request; `typed` where each has to be of its annotation.

        Errors: UnsayableError, with what cannot be said.
        """
        found: dict[str, Any] = {}
        reader = _Reader(self, method, typed)
        path = path_texts(request, operation.path)
        if path is None:
            raise UnsayableError(f"the path is none of {operation.path}")
        given = _Given(request, dict(path), _query(request))
        for parameter in method.record.parameters:
            value = reader.parameter(parameter, given)
            if value is not _ABSENT:
                found[method.argument(parameter)] = value
        if method.record.body is not None and request.body:
            found |= reader.body(request)
        return found


@dataclass(frozen=True, slots=True)
class _Given:
    """A request's parameters, percent-encoded as they came: an encoded comma separates nothing."""

    request: Request
    path: Mapping[str, str]
    query: Sequence[tuple[str, str]]

    def texts(self, location: str, name: str) -> tuple[list[str], Read]:
        """Return the values of a parameter, and what decodes each."""
        match location:
            case "path":
                return [self.path[name]] if name in self.path else [], _unquoted
            case "query":
                return [value for key, value in self.query if unquote_plus(key) == name], unquote_plus
            case "header":
                return [value.strip() for key, value in self.request.headers if key == name.lower()], str
            case _:
                pairs = cookies(self.request.header("cookie") or "")
                return [value for key, value in pairs if key == name], str

    def pairs(self, location: str) -> list[tuple[str, str]]:
        """Return all names and values of the query, or all cookies."""
        if location == "query":
            return [(unquote_plus(name), unquote_plus(value)) for name, value in self.query]
        return cookies(self.request.header("cookie") or "")


@dataclass(frozen=True, slots=True)
class _Reader:
    translator: Translator
    method: Method
    typed: bool

    # Parameters -----------------------------------------------------------------------------------------------------

    def parameter(self, parameter: Any, given: _Given) -> Any:
        """Return what a parameter says, by its style (OpenAPI 3.1.1, Style Values)."""
        hint = self.hint(self.method.argument(parameter))
        is_form = parameter.location in ("query", "cookie")
        style = parameter.style or ("form" if is_form else "simple")
        explode = parameter.explode if parameter.explode is not None else style == "form"
        if style == "deepObject":
            return self.read(hint, _deep(parameter.name, given.pairs("query")))
        texts, read = given.texts(parameter.location, parameter.name)
        if not texts:
            return self.spread(hint, given.pairs(parameter.location)) if is_form and explode else _ABSENT
        if parameter.media_type:
            is_json = parameter.media_type.partition(";")[0].endswith("json")
            return self.json(hint, read(texts[0])) if is_json else self.read(hint, read(texts[0]))
        if style in ("label", "matrix"):
            texts = [_undressed(texts[0], style, parameter.name, explode=explode)]
        if is_list(hint):
            if not (explode and is_form):
                texts = _separated(texts[0], style)
            return self.read(hint, [read(text) for text in texts])
        if is_object(hint):
            return self.read(hint, _object(texts[0], read, explode=explode))
        return self.read(hint, [read(text) for text in texts] if len(texts) > 1 else read(texts[0]))

    def spread(self, hint: Any, pairs: Sequence[tuple[str, str]]) -> Any:
        """Return an object whose members stand beside the other parameters."""
        if not is_object(hint):
            return _ABSENT
        names = member_names(hint)
        members = {key: value for key, value in pairs if names is None or key in names}
        return self.read(hint, members) if members else _ABSENT

    def hint(self, argument: str) -> Any:
        """Return the annotation of an argument."""
        if argument not in self.method.types:
            raise UnsayableError(f"it has no argument {argument!r}")
        return without(self.method.types[argument], self.translator.shipped.unset)

    def read(self, hint: Any, value: Any) -> Any:
        """Return what texts say as the type that is annotated; the texts themselves where nothing need be."""
        if not self.typed or value is _ABSENT:
            return value
        known, key = self.translator.adapters, repr(hint)
        if key not in known:
            known[key] = TypeAdapter(hint)
        made = self.converted(known[key], hint, value)
        return made if self.says(made, value) else self.verbatim(known[key], value, made)

    def converted(self, adapter: Any, hint: Any, value: Any) -> Any:
        """Return texts converted to what an annotation asks for."""
        try:
            return adapter.validate_strings(value)
        except ValidationError as error:
            for other in _readings(value):
                try:
                    return adapter.validate_python(other)
                except ValidationError:
                    continue
            reason = error.errors(include_url=False)[0]["msg"]
            raise UnsayableError(f"{shown(value)} is no {named(hint)}: {reason}") from error

    def says(self, made: Any, value: Any) -> bool:
        """Whether a value is spelled as the texts that it was read from, or means what they do."""
        wire = self.translator.shipped.runtime["wire"]
        said = wire.plain(made)
        if isinstance(value, str):
            try:
                return isinstance(said, list | dict) or same_text(value, wire.text(said))
            except ValueError:
                return False  # an infinity cannot be said
        if isinstance(value, list) and isinstance(said, list):
            return len(said) == len(value) and all(map(self.says, said, value))
        return True

    def verbatim(self, adapter: Any, value: Any, made: Any) -> Any:
        """Return the texts themselves where the annotation takes them: `" 1 "` is a number only to who strips it."""
        try:
            return adapter.validate_python(value, strict=True)
        except ValidationError:
            return made

    # Bodies ---------------------------------------------------------------------------------------------------------

    def json(self, hint: Any, text: str | bytes) -> Any:
        """Return the JSON value of a text as the type that is annotated, made as that of an answer is."""
        raw = text.encode(errors="surrogateescape") if isinstance(text, str) else text
        if not self.typed:
            try:
                return json.loads(raw)
            except (ValueError, RecursionError) as error:
                raise UnsayableError("the body is no JSON") from error
        answers = self.translator.shipped.runtime["answers"]
        known, key = self.translator.adapters, ("json", repr(hint))
        if key not in known:
            known[key] = answers.Reads("json", hint)
        try:
            return known[key].parsed(raw)
        except answers.BrokenBodyError as error:
            raise UnsayableError(f"{error.where}: {error.what}") from error

    def body(self, request: Request) -> dict[str, Any]:
        """Return the arguments that say a body."""
        body, content = self.method.record.body, request.sent or b""
        kind = media_type(request.header("content-type"))
        if body.kind in ("form", "multipart"):
            if kind != media_type(body.media_type):
                raise UnsayableError(f"it sends {body.media_type}, not {kind or 'a body of no media type'}")
            return self.form(body, _form_parts(request, content))
        hint = self.hint(body.argument)
        match body.kind:
            case "json":
                value = self.json(hint, content)
            case "lines" if self.typed:
                lines = [line for line in content.replace(b"\x1e", b"").split(b"\n") if line.strip()]
                inner = next((found for one in parts(hint) if (found := item(one)) is not None), Any)
                value = [self.json(inner, line) for line in lines]
            case "text":
                value = self.read(hint, content.decode(errors="surrogateescape"))
            case _:
                value = content
        return {body.argument: value}

    def form(self, body: Any, given: Sequence[Part]) -> dict[str, Any]:
        """Return the arguments that say a form."""
        if body.members is None:
            return {
                body.argument: self.read(self.hint(body.argument), _gathered((one.name, one.data) for one in given))
            }
        found = {}
        for member in body.members:
            mine = [part for part in given if part.name == member.name]
            if mine:
                found[self.method.argument(member)] = self.member(member, mine)
        return found

    def member(self, member: Any, given: list[Part]) -> Any:
        """Return what a member of a form says."""
        hint = self.hint(self.method.argument(member))
        if member.file:
            file = self.translator.shipped.runtime["wire"].File
            files = [
                file(_octets(one.data), one.filename or "upload", one.media_type or "application/octet-stream")
                for one in given
            ]
            return files if is_list(hint) or len(files) > 1 else files[0]
        texts = [one.data for one in given]
        if is_list(hint):
            if member.explode is False and len(texts) == 1:
                texts = texts[0].split(",")
            return self.read(hint, texts)
        if is_object(hint):
            return self.json(hint, texts[0])
        return self.read(hint, texts if len(texts) > 1 else texts[0])


def _query(request: Request) -> list[tuple[str, str]]:
    query = request.target.partition("?")[2]
    return [(name, value) for name, _, value in (pair.partition("=") for pair in query.split("&") if pair)]


def _unquoted(text: str) -> str:
    return unquote(text)


def _separated(text: str, style: str) -> list[str]:
    """Return the items of a list that stands in one text; none where it is empty."""
    separator, other = SEPARATORS.get(style, (",", ","))
    return text.replace(other, separator).split(separator) if text else []


def _undressed(text: str, style: str, name: str, *, explode: bool) -> str:
    """Return a path's `label` or `matrix` as `simple` has it."""
    if style == "label":
        return text.removeprefix(".").replace(".", ",") if explode else text.removeprefix(".")
    members = [one.removeprefix(f"{name}=") for one in text.removeprefix(";").split(";")]
    return ",".join(members)


def _object(text: str, read: Read, *, explode: bool) -> dict[str, str]:
    members = text.split(",")
    if explode:
        pairs = [(name, value) for name, _, value in (one.partition("=") for one in members)]
    else:
        pairs = list(zip(members[::2], members[1::2], strict=False))
    return {read(name): read(value) for name, value in pairs}


def _deep(name: str, query: Sequence[tuple[str, str]]) -> Any:
    """Return what `name[key][inner]=value` says; nothing where there is none."""
    made: dict[str, Any] = {}
    for key, value in query:
        if key.startswith(f"{name}[") and key.endswith("]"):
            steps = key[len(name) + 1 : -1].split("][")
            place = made
            for step in steps[:-1]:
                inner = place.setdefault(step, {})
                place = inner if isinstance(inner, dict) else {}
            place[steps[-1]] = _with(place.get(steps[-1], _ABSENT), value)
    return made or _ABSENT


def _gathered(pairs: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = _with(found.get(name, _ABSENT), value)
    return found


def _with(old: Any, value: str) -> Any:
    if old is _ABSENT:
        return value
    return [*old, value] if isinstance(old, list) else [old, value]


def _readings(value: Any) -> list[Json]:
    """Return what a text, or each of several, says as JSON."""
    try:
        if isinstance(value, str):
            return [json.loads(value)]
        if isinstance(value, list):
            return [[json.loads(text) for text in value], value]
        if isinstance(value, dict):
            return [{key: json.loads(text) for key, text in value.items() if isinstance(text, str)}]
    except (ValueError, RecursionError):
        pass
    return [value]


def _form_parts(request: Request, content: bytes) -> list[Part]:
    kind = request.header("content-type") or ""
    if media_type(kind) == FORMS[0]:
        pairs = parse_qsl(content.decode("latin-1"), keep_blank_values=True, errors="surrogateescape")
        return [Part(name=name, data=value) for name, value in pairs]
    found = split(content, kind)
    if found is None:
        raise UnsayableError("the body is no multipart/form-data")
    return found


def _octets(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogateescape")
