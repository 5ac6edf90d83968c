"""YAML text to JSON values, from the events of libyaml: five times as fast as building PyYAML's nodes.

What a plain scalar means is what YAML 1.2 says, which OpenAPI asks for: `no` is a text and no boolean, `2024-01-01` a
text and no date. Merge keys (`<<`) are followed as YAML 1.1 did.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from upheld.contract.errors import ContractError
from upheld.contract.foreign import Foreign
from upheld.contract.numbers import number
from upheld.model import Json

MOST_BYTES = 20_000_000
"""What is read in some seconds."""
MOST_PARTS = 3_000_000
"""How many values aliases may stand for, all told."""
PREFIX = "tag:yaml.org,2002:"
CONTAINERS = {"map": dict, "seq": list}
WORDS: dict[str, Json] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
NUMERIC = frozenset("+-.0123456789")


class _WrongYamlError(Exception):
    """What is wrong, and in which line, counted from 0."""

    def __init__(self, line: int, seen: str, expected: str = "YAML") -> None:
        super().__init__(seen)
        self.line, self.seen, self.expected = line, seen, expected


def parse(text: str, name: str) -> Json:
    """Return what the one document of a YAML text says; keys are texts, `200` as well as `"200"`.

    Errors: ContractError, naming file and line: no YAML, a key that stands twice, an anchor within itself, aliases that
    multiply, a tag of its own, NaN; a text that would take too long.
    Source: YAML 1.2.2, 10.3 (core schema); OpenAPI 3.1.1, "Format".
    """
    import yaml  # noqa: PLC0415  # slow to import, and seldom needed

    if len(text) > MOST_BYTES:
        raise ContractError(
            f"{name}: {len(text) / 1e6:.0f} MB of YAML, expected at most {MOST_BYTES / 1e6:.0f}, since it is slow to "
            "read; write it as JSON"
        )
    try:
        return _built(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        place = f"{name}:{mark.line + 1}" if mark else name
        raise ContractError(
            f'{place}: {" ".join(problem.split())}, expected YAML; run "upheld export" to write it anew'
        ) from error
    except _WrongYamlError as error:
        raise ContractError(f"{name}:{error.line + 1}: {error.seen}, expected {error.expected}; mend it") from error


@dataclass(slots=True)
class _Frame:
    """A list or an object that is being read."""

    made: Any
    anchor: str | None
    line: int
    key: str | None = None
    """Of the member that comes next; `None` where a key is to come."""
    merged: list[dict[str, Json]] = field(default_factory=list)
    parts: int = 1
    merges: bool = False


def _built(events: Iterator[Foreign]) -> Json:
    import yaml  # noqa: PLC0415  # likewise

    frames: list[_Frame] = [_Frame([], None, 0)]
    anchors: dict[str, tuple[Json, int] | None] = {}  # `None` while it is being read
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            frame = frames[-1]
            if type(frame.made) is dict and frame.key is None:
                _take_key(frame, event)
                value = frame.key
            else:
                value = _scalar(event)
                _put(frame, value, 1, event)
            if event.anchor is not None:
                anchors[event.anchor] = value, 1
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            made: Json = {} if kind is yaml.MappingStartEvent else []
            if type(frames[-1].made) is dict and frames[-1].key is None:
                raise _WrongYamlError(event.start_mark.line, "a key that is a list or an object", "a text")
            if event.tag is not None and CONTAINERS.get(event.tag.removeprefix(PREFIX)) is not type(made):
                raise _WrongYamlError(event.start_mark.line, f"the tag {event.tag[:60]}", "values that JSON can say")
            frames.append(_Frame(made, event.anchor, event.start_mark.line))
            if event.anchor is not None:
                anchors[event.anchor] = None
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            frame = frames.pop()
            for earlier in frame.merged:  # what stands first wins, and the object's own members over all
                frame.made = {**earlier, **frame.made}
            if frame.anchor is not None:
                anchors[frame.anchor] = frame.made, frame.parts
            _put(frames[-1], frame.made, frame.parts, event)
        elif kind is yaml.AliasEvent:
            _put_alias(frames[-1], anchors, event)
        elif kind is yaml.DocumentStartEvent and frames[0].made:
            raise _WrongYamlError(event.start_mark.line, "a second document", "one")
    return frames[0].made[0] if frames[0].made else None


def _take_key(frame: _Frame, event: Foreign) -> None:
    key = event.value
    if key == "<<" and event.implicit[0]:
        frame.merges = True
    elif key in frame.made:
        raise _WrongYamlError(event.start_mark.line, f'the key "{key[:80]}" stands twice', "it once")
    frame.key = key


def _put(frame: _Frame, value: Json, parts: int, event: Foreign) -> None:
    """Put a value where it belongs: into a list, below its key, or among what is merged."""
    frame.parts += parts
    if frame.parts > MOST_PARTS:
        raise _WrongYamlError(event.start_mark.line, f"aliases that stand for more than {MOST_PARTS:,} values", "fewer")
    if type(frame.made) is list:
        frame.made.append(value)
        return
    if frame.merges:
        several = value if type(value) is list else [value]
        if not all(type(one) is dict for one in several):
            raise _WrongYamlError(event.start_mark.line, "a merge of what is no object", "objects below <<")
        frame.merged.extend(several)
        frame.merges = False
    else:
        frame.made[frame.key] = value
    frame.key = None


def _put_alias(frame: _Frame, anchors: dict[str, tuple[Json, int] | None], event: Foreign) -> None:
    name, line = event.anchor, event.start_mark.line
    if name not in anchors:
        raise _WrongYamlError(line, f"the alias *{name[:60]} has no anchor before it", f"&{name[:60]}")
    found = anchors[name]
    if found is None:
        raise _WrongYamlError(line, f"the anchor &{name[:60]} holds itself", "values that come to an end")
    if type(frame.made) is dict and frame.key is None:
        raise _WrongYamlError(line, f"the key *{name[:60]} is an alias", "a text")
    _put(frame, *found, event)


def _scalar(event: Foreign) -> Json:
    text: str = event.value
    tag = event.tag
    if tag is None or tag == "!":
        return text if tag == "!" or not event.implicit[0] else _plain(text, event)
    kind = tag.removeprefix(PREFIX)
    if kind == "str":
        return text
    found = _plain(text, event)
    if (kind, type(found)) in TAGGED:
        return found
    raise _WrongYamlError(event.start_mark.line, f"{text[:40]!r} with the tag {tag[:60]}", "values that JSON can say")


TAGGED = {("null", type(None)), ("bool", bool), ("int", int), ("float", int), ("float", float)}


def _plain(text: str, event: Foreign) -> Json:
    """Return what a scalar without quotes means."""
    if text in WORDS:
        return WORDS[text]
    if text[0] not in NUMERIC:
        return text
    if INTEGER.fullmatch(text):
        base = {"0o": 8, "0x": 16}.get(text[:2], 10)
        try:
            return int(text[2:] if base != 10 else text, base)
        except ValueError:
            seen = f"an integer of {len(text):,} digits"
            raise _WrongYamlError(event.start_mark.line, seen, "a shorter one") from None
    if not (FLOAT.fullmatch(text) or NO_NUMBER.fullmatch(text)):
        return text
    try:
        return number(float(text) if FLOAT.fullmatch(text) else float("nan"))
    except ValueError:
        raise _WrongYamlError(event.start_mark.line, f"{text[:40]} is no number that JSON can say", "another") from None
