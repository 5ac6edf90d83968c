"""Labels a request by its wire: what the path, query, headers, cookies and body really say, judged by the docs.

A number that was meant and became a string, `1.0` in a path, a negative case that is valid by accident: judging what
was generated instead of what was sent is where false alarms come from.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import TypeAlias
from urllib.parse import parse_qsl, unquote, unquote_to_bytes

from upheld.drive.raw import PLAIN, shown_bodies
from upheld.drive.specimens import is_named, is_well_formed
from upheld.drive.uploads import file_parts
from upheld.media import (
    FORMS,
    UnreadableNumberError,
    documented_media,
    holds_surrogates,
    is_json,
    media_type,
    parse_json,
)
from upheld.model import TRANSPORTS, Json, MediaType, Operation, Parameter, Request, Violation
from upheld.multipart import Part, split
from upheld.schema import Judge, UndecidedError

_REMEMBERED_MOST = 4096
"""How many members of an operation's requests are remembered with what was said of them."""
_REMEMBERED_BYTES = 4096
"""Longer ones are judged each time."""

Verdict: TypeAlias = tuple[Violation, ...] | None


class Labels:
    """Says of requests how they break their operation's docs, and remembers it of each member: most come again."""

    def __init__(self, judge: Judge, host: str = "") -> None:
        """Take the judge of the operations' document, and the host that requests are sent to."""
        self._judge, self._host = judge, host
        self._known: dict[Operation, _Members] = {}

    def violations(self, request: Request, operation: Operation) -> Verdict:
        """Return how a request breaks what its operation documents: () when valid, `None` when that is undecided."""
        known = self._known.get(operation)
        if known is None:
            known = self._known[operation] = _Members(operation, self._judge, self._host)
        return known.violations(request)


def violations(request: Request, operation: Operation, judge: Judge) -> Verdict:
    """Return how one request breaks what its operation documents, as `Labels` do."""
    return _Members(operation, judge).violations(request)


class _Members:
    """What was said of the members of one operation's requests."""

    def __init__(self, operation: Operation, judge: Judge, host: str = "") -> None:
        self._operation, self._judge, self._host = operation, judge, host
        self._parameters = [
            (index, p, p.location, p.name.lower() if p.location == "header" else p.name)
            for index, p in enumerate(operation.parameters)
        ]
        self._locations = {parameter.location for parameter in operation.parameters}
        self._names_transport = any(place == "header" and name in TRANSPORTS for *_, place, name in self._parameters)
        self._verdicts: dict[tuple[int, tuple[str, ...]] | tuple[str | None, bytes | None], Verdict] = {}
        self._whole: dict[Request, Verdict] = {}

    def violations(self, request: Request) -> Verdict:
        if request not in self._whole:
            if len(self._whole) >= _REMEMBERED_MOST:
                self._whole.clear()
            self._whole[request] = self._said(request)
        return self._whole[request]

    def _said(self, request: Request) -> Verdict:
        path, _, query = request.target.partition("?")
        try:
            given = self._given(request, path, query)
        except UndecidedError:
            return None
        found: tuple[Violation, ...] = ()
        for index, parameter, location, name in self._parameters:
            texts = tuple([text for key, text in given[location] if key == name])
            verdict = self._of_texts(index, parameter, texts)
            if verdict is None:
                return None
            found += verdict
        if self._operation.body is None:
            return found
        verdict = self._of_body(request)
        return None if verdict is None else found + verdict

    def _given(self, request: Request, path: str, query: str) -> dict[str, Sequence[tuple[str, str]]]:
        return {
            "path": _path_values(path, self._operation.path),
            "query": query_pairs(query) if query and "query" in self._locations else (),
            "header": self._transported(request) if self._names_transport else request.headers,
            "cookie": cookies(request.header("cookie")) if "cookie" in self._locations else (),
        }

    def _transported(self, request: Request) -> list[tuple[str, str]]:
        """Return the headers with those that whoever sends a request adds to it."""
        length = [("content-length", f"{request.body_bytes}")] if request.body is not None else []
        return [("host", self._host), *request.headers, *length]

    def _of_texts(self, index: int, parameter: Parameter, texts: tuple[str, ...]) -> Verdict:
        key = (index, texts)
        if key not in self._verdicts:
            verdict = _decided(_judge_parameter(parameter, list(texts), self._judge))
            if sum(map(len, texts)) > _REMEMBERED_BYTES:
                return verdict
            self._remember(key, verdict)
        return self._verdicts[key]

    def _of_body(self, request: Request) -> Verdict:
        if request.padding is not None:
            request = replace(request, body=request.sent, padding=None)
        key = (request.header("content-type"), request.body)
        if key not in self._verdicts:
            verdict = _decided(_judge_body(request, self._operation, self._judge))
            if len(request.body or b"") > _REMEMBERED_BYTES:
                return verdict
            self._remember(key, verdict)
        return self._verdicts[key]

    def _remember(self, key: tuple[int, tuple[str, ...]] | tuple[str | None, bytes | None], verdict: Verdict) -> None:
        if len(self._verdicts) >= _REMEMBERED_MOST:
            self._verdicts.clear()
        self._verdicts[key] = verdict


def _decided(found: Iterator[Violation]) -> Verdict:
    try:
        return tuple(found)
    except UndecidedError:
        return None


def _judge_parameter(parameter: Parameter, texts: list[str], judge: Judge) -> Iterator[Violation]:
    where = (parameter.location, parameter.name)
    types = judge.types(parameter.schema)
    if not texts:
        if "object" in types and types.isdisjoint({"string", "integer", "number", "boolean"}):
            raise UndecidedError  # `deepObject` and exploded objects stand under other names.
        if parameter.required:
            yield Violation(where=where, keyword="required", message=f"{parameter.name!r} is required")
        return
    if parameter.media_type is not None:
        yield from _judge_text(where, parameter.media_type, texts[0], parameter.schema, judge)
        return
    if "array" in types:
        value: Json = _array(parameter, texts, judge)
    elif "object" in types and "string" not in types:
        raise UndecidedError
    else:
        # Frameworks take the last of repeated values; which one counts is nowhere promised.
        if len(set(texts)) > 1:
            raise UndecidedError
        value = judge.reading(texts[-1], parameter.schema)
    yield from _problems(where, parameter.schema, value, judge)


def _judge_text(where: tuple[str | int, ...], media: str, text: str, schema: Json, judge: Judge) -> Iterator[Violation]:
    if not is_json(media_type(media)):
        raise UndecidedError
    try:
        value = json.loads(text)
    except ValueError:
        yield Violation(where=where, keyword="json", message="is not JSON")
        return
    yield from _problems(where, schema, value, judge)


def _array(parameter: Parameter, texts: list[str], judge: Judge) -> list[Json]:
    if not parameter.explode or parameter.location == "path":
        separator = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(parameter.style, ",")
        texts = [part for text in texts for part in text.split(separator)] if texts != [""] else []
    items = _items(parameter.schema, judge)
    return [judge.reading(text, items) for text in texts]


def _items(schema: Json, judge: Judge) -> Json:
    schema = judge.resolve(schema)
    if not isinstance(schema, Mapping):
        return True
    if "items" in schema:
        return schema["items"]
    for key in ("anyOf", "oneOf", "allOf"):
        for part in schema.get(key) or ():
            if "array" in judge.types(part):
                return _items(part, judge)
    return True


def _problems(where: tuple[str | int, ...], schema: Json, value: Json, judge: Judge) -> Iterator[Violation]:
    problems = judge.problems(schema, value, spared="readOnly")
    if problems is None:
        raise UndecidedError
    for problem in problems:
        if problem.keyword == "multipleOf" and isinstance(problem.value, float):
            raise UndecidedError  # Decimal and binary arithmetic differ here, and both are right.
        if problem.keyword == "required":
            missing = problem.missing or ""
            yield Violation(where=(*where, *problem.path, missing), keyword="required", message=problem.message)
        else:
            yield Violation(where=(*where, *problem.path), keyword=problem.keyword, message=problem.message)


def _path_values(path: str, template: str) -> list[tuple[str, str]]:
    names, by_segment, across = _template(template)
    # Segment by segment first: an encoded slash stays inside its segment.
    found = by_segment.fullmatch(path) or across.fullmatch(path)
    if found is None:
        raise UndecidedError
    return list(zip(names, map(_unquoted, found.groups()), strict=True))


_unquoted = lru_cache(maxsize=4096)(unquote)


@cache
def _template(template: str) -> tuple[list[str], re.Pattern[str], re.Pattern[str]]:
    """Return the names in a path's template, and two patterns of such paths: values without slashes, or with."""
    names = re.findall(r"\{([^}]*)\}", template)
    pattern = "".join(
        f"(.*{'?' if template.count('{') > 1 else ''})" if part.startswith("{") else re.escape(part)
        for part in re.split(r"(\{[^}]*\})", template)
        if part
    )
    by_segment = pattern.replace("(.*?)", "([^/]*)").replace("(.*)", "([^/]*)")
    return names, re.compile(by_segment), re.compile(pattern)


@lru_cache(maxsize=512)
def query_pairs(query: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of a query; bytes that are no UTF-8 as lone surrogates."""
    return tuple(parse_qsl(query, keep_blank_values=True, errors="surrogateescape"))


def cookies(header: str | None) -> list[tuple[str, str]]:
    """Return the pairs of a Cookie header."""
    if not header:
        return []
    pairs = (pair.partition("=") for pair in header.split(";"))
    return [(name.strip(), value.strip()) for name, equals, value in pairs if equals]


# Bodies ----------------------------------------------------------------------------------------------------------


def _judge_body(request: Request, operation: Operation, judge: Judge) -> Iterator[Violation]:
    documented = operation.body
    if documented is None:
        return
    sent = media_type(request.header("content-type"))
    if not request.body:
        if documented.required and all(is_json(media_type(name)) or name in FORMS for name in documented.content):
            yield Violation(where=("body",), keyword="required", message="a body is required")
        elif documented.required:
            raise UndecidedError  # an empty file is a file
        return
    if not sent:
        raise UndecidedError  # a receiver may guess the media type (RFC 9110, 8.3)
    entry = documented_media(documented.content, sent)
    if entry is None:
        raise UndecidedError  # whether it is refused is between the two; its schema is documented nowhere
    if entry.schema is None and (is_json(sent) or sent in FORMS):
        return
    if is_json(sent):
        try:
            value = parse_json(request.body)
            if holds_surrogates(request.body):
                raise UndecidedError
        except (UnreadableNumberError, RecursionError):
            raise UndecidedError from None  # whether a reader has to take it is nowhere promised (RFC 8259, 6 and 9)
        except ValueError:
            yield Violation(where=("body",), keyword="json", message="is not JSON")
            return
        yield from _problems(("body",), entry.schema, value, judge)
    elif sent in FORMS:
        yield from _judge_form(request, sent, entry, judge)
    else:
        yield from _judge_raw(request.body, sent, entry, operation, judge)


def _judge_raw(body: bytes, sent: str, entry: MediaType, operation: Operation, judge: Judge) -> Iterator[Violation]:
    """Judge a body that is neither JSON nor a form: of a text's schema it is the text itself."""
    is_text = "string" in judge.types(entry.schema if entry.schema is not None else True)
    if is_text and entry.schema is not None:
        problems = list(_problems(("body",), entry.schema, body.decode(errors="replace"), judge))
        if problems and not (body.isascii() or sent.startswith("text/")):
            raise UndecidedError  # whether its bytes or its characters are meant is nowhere promised
        yield from problems
        if problems:
            return
    if is_text and sent in PLAIN and not _names_content(entry.schema, judge):
        return
    names = [name for name, other in operation.body.content.items() if other is entry] if operation.body else []
    shown = (one for name in names for one in shown_bodies(operation, name, judge))
    if not is_well_formed(body, sent) and body not in shown:
        raise UndecidedError  # what a body of the media type has to be, or to say, is not ours to know


def _names_content(schema: Json, judge: Judge) -> bool:
    schema = judge.resolve(schema)
    kind = schema.get("contentMediaType", "") if isinstance(schema, Mapping) else ""
    return is_named(str(kind)) or (isinstance(schema, Mapping) and "contentSchema" in schema)


def _judge_form(request: Request, sent: str, entry: MediaType, judge: Judge) -> Iterator[Violation]:
    body = request.body or b""
    if sent == "multipart/form-data":
        parts = split(body, request.header("content-type") or "")
        if parts is None:
            yield Violation(where=("body",), keyword="multipart", message="is not multipart/form-data")
            return
    else:
        parts = [Part(name=_text(name), data=_text(value)) for name, value in _urlencoded(body)]
    if any(part.filename is None and not part.is_text for part in parts):
        raise UndecidedError  # which charset it is in is nowhere promised
    schema = entry.schema if entry.schema is not None else True
    yield from _problems(("body",), schema, _form_value(parts, schema, entry, judge), judge)


def _form_value(parts: list[Part], schema: Json, entry: MediaType, judge: Judge) -> dict[str, Json]:
    value: dict[str, Json] = {}
    kinds = file_parts(entry, judge)
    for name in dict.fromkeys(part.name for part in parts):
        texts = [part.text for part in parts if part.name == name]
        member = judge.member(schema, name)
        types = judge.types(member)
        if not _is_as_encoded(name, parts, entry, kinds.get(name, "")) or ("object" in types and "string" not in types):
            raise UndecidedError
        if "array" in types:
            value[name] = [judge.reading(text, _items(member, judge)) for text in texts]
        elif len(texts) > 1:
            raise UndecidedError
        else:
            value[name] = judge.reading(texts[0], member)
    return value


def _is_as_encoded(name: str, parts: list[Part], entry: MediaType, kind: str) -> bool:
    """Return whether it is known that a member is encoded as documented: as it is, or as a file of that kind."""
    if not is_named(kind):
        return name not in entry.encoding
    files = [part for part in parts if part.name == name]
    return set(entry.encoding.get(name, ())) <= {"contentType"} and all(
        part.filename is not None
        and part.media_type is not None
        and is_well_formed(part.data.encode("utf-8", errors="surrogateescape"), part.media_type)
        and is_well_formed(part.data.encode("utf-8", errors="surrogateescape"), kind)
        for part in files
    )


def _urlencoded(body: bytes) -> Iterable[tuple[bytes, bytes]]:
    for pair in body.split(b"&"):
        if pair:
            name, _, value = pair.replace(b"+", b" ").partition(b"=")
            yield unquote_to_bytes(name), unquote_to_bytes(value)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", errors="surrogateescape")
