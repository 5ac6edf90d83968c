"""What changed in what an operation takes: parameters and the body."""

from collections.abc import Mapping

from upheld.dialect import STYLES
from upheld.diff.context import Context, Pair
from upheld.diff.finding import ABSENT
from upheld.diff.operations import Part
from upheld.media import FORMS
from upheld.model import Json, Side

WRITTEN = {
    "text": "plainly, item by item",
    "form, exploded": "as one parameter for each member",
    "form, in one": "in one, joined by commas",
    "simple, exploded": "as name=value, joined by commas",
    "simple, in one": "in one, joined by commas",
    "spaceDelimited, exploded": "in one, joined by spaces",
    "spaceDelimited, in one": "in one, joined by spaces",
    "pipeDelimited, exploded": "in one, joined by bars",
    "pipeDelimited, in one": "in one, joined by bars",
    "deepObject, exploded": "as name[member]=value",
    "deepObject, in one": "as name[member]=value",
}
"""How the values of a parameter become text, in words, by `style` and `explode` (OpenAPI 3.1.1, Style Values)."""
Key = tuple[str, str]


def parameters(context: Context, pair: Pair) -> None:
    """Find what changed in an operation's parameters."""
    old, new = context.old.parameters(pair.old), context.new.parameters(pair.new)
    taken: set[Key] = set()
    for key, part in old.items():
        if key in new:
            _parameter(context, pair, key, part, new[key])
        elif (moved := _moved(key, part, old, new)) is not None:
            taken.add(moved)
            told = f"{_called(key, part)} is sent as {_called(moved, new[moved])}"
            context.found.structure("parameter-moved", pair.new, part.pointer, new[moved].pointer, told, breaks=True)
        else:
            required = part.raw.get("required") is True
            rule = "required-parameter-removed" if required else "parameter-removed"
            deprecated = part.raw.get("deprecated") is True
            told = f"{_called(key, part)} is gone; it was {'required' if required else 'optional'}"
            context.found.structure(rule, pair.new, part.pointer, None, told, deprecated=deprecated)
    for key, part in new.items():
        if key not in old and key not in taken:
            required = part.raw.get("required") is True
            rule = "required-parameter-added" if required else "parameter-added"
            told = f"{_called(key, part)} is new, and {'required' if required else 'optional'}"
            context.found.structure(rule, pair.new, None, part.pointer, told, breaks=required)


def _moved(key: Key, part: Part, old: Mapping[Key, Part], new: Mapping[Key, Part]) -> Key | None:
    """Return where a parameter is sent that is gone from its place."""
    name = str(part.raw.get("name")).lower().replace("-", "_")
    for other, candidate in new.items():
        called = str(candidate.raw.get("name")).lower().replace("-", "_")
        if other not in old and other[0] != key[0] and called == name:
            return other
    return None


def _called(key: Key, part: Part) -> str:
    return f"{key[0]} parameter {part.raw.get('name')}"


def _parameter(context: Context, pair: Pair, key: Key, old: Part, new: Part) -> None:
    called = _called(key, new)
    found = context.found
    was, now = (part.raw.get("required") is True or key[0] == "path" for part in (old, new))
    if now and not was:
        told = f"{called} became required"
        found.structure("parameter-required", pair.new, old.pointer, new.pointer, told, breaks=True)
    elif was and not now:
        found.structure("parameter-optional", pair.new, old.pointer, new.pointer, f"{called} became optional")
    said(context, pair, old, new, called)
    contents = [
        next(iter(reader.content(part).values()), None) for reader, part in ((context.old, old), (context.new, new))
    ]
    written = [_written(context, key, old, old=True), _written(context, key, new, old=False)]
    if written[0] != written[1]:
        was_written, is_written = (WRITTEN.get(how, f"as {how}") for how in written)
        told = f"{called} is written {is_written}; it was written {was_written}"
        found.structure("parameter-written-otherwise", pair.new, old.pointer, new.pointer, told, breaks=True)
        return
    one, other = contents[0] or old, contents[1] or new
    for change in context.schema(pair.request, one, other, wire=contents[0] is None):
        if change.rule == "default-changed" and was != now and change.new == f"{other.pointer}/schema":
            continue  # a default says that it may be missing
        exchange: Mapping[str, Json] = {}
        if change.value is not ABSENT and pair.inward:
            exchange = context.exchanges[Side.REQUEST].request(pair.old, {key: change.value})
        context.add(change, pair, pair.request, exchange, called)


def _written(context: Context, key: Key, part: Part, *, old: bool) -> str:
    """Return how a parameter's values become text, in words; what makes no difference to them is left out."""
    reader = context.old if old else context.new
    for name in reader.content(part):
        return name
    style = str(part.raw.get("style", STYLES.get(key[0], "form")))
    explode = part.raw.get("explode", style == "form")
    schema = part.raw.get("schema", True)
    kinds = context.schemas.kinds(schema, (*part.tokens, "schema"), Side.REQUEST, old=old)
    if style in ("label", "matrix"):
        return f"{style}, {'exploded' if explode else 'in one'}"
    if {"array", "object", "string"} <= kinds or not kinds & {"array", "object"}:
        return "text"  # nothing is said of it, or it is one value
    if "object" not in kinds and (style == "simple" or (style == "form" and explode)):
        return "text"  # one item stands there as it would alone
    return f"{style}, {'exploded' if explode else 'in one'}"


def said(context: Context, pair: Pair, old: Part, new: Part, called: str) -> None:
    """Find what changed in what is said of a part beside its schema."""
    was, now = (part.raw.get("deprecated") is True for part in (old, new))
    places = old.pointer, new.pointer
    if was != now:
        rule = "deprecated" if now else "undeprecated"
        context.found.structure(rule, pair.new, *places, f"{called} is {'' if now else 'no longer '}deprecated")
    days = [part.raw.get("x-sunset") for part in (old, new)]
    if days[0] != days[1]:
        told = f"{called} goes away on {days[1]}, not {days[0]}" if days[1] and days[0] else None
        told = told or (f"{called} goes away on {days[1]}" if days[1] else f"{called} no longer goes away on {days[0]}")
        context.found.structure("sunset-changed", pair.new, *places, told)
    if any(old.raw.get(key) != new.raw.get(key) for key in ("summary", "description", "example", "examples")):
        told = f"{called}: a summary, a description or an example changed"
        context.found.structure("text-changed", pair.new, *places, told)


def body(context: Context, pair: Pair) -> None:
    """Find what changed in an operation's body."""
    old, new = context.old.body(pair.old), context.new.body(pair.new)
    found = context.found
    if old is None or new is None:
        part = old or new
        if part is not None:
            required = part.raw.get("required") is True
            rule = f"{'required-' if required else ''}request-body-{'added' if old is None else 'removed'}"
            told = f"the body is {'new' if old is None else 'gone'}; it {'is' if old is None else 'was'} "
            told += "required" if required else "optional"
            gone, come = (None, part.pointer) if old is None else (part.pointer, None)
            found.structure(rule, pair.new, gone, come, told, breaks=required and old is None and pair.inward)
        return
    if context.sameness.same(old.raw, new.raw):
        return
    was, now = (part.raw.get("required") is True for part in (old, new))
    if was != now:
        rule = "request-body-required" if now else "request-body-optional"
        told = f"the body became {'required' if now else 'optional'}"
        found.structure(rule, pair.new, old.pointer, new.pointer, told, breaks=now if pair.inward else was)
    if old.raw.get("description") != new.raw.get("description"):
        found.structure("text-changed", pair.new, old.pointer, new.pointer, "the body: its description changed")
    _media_types(context, pair, old, new)


def _media_types(context: Context, pair: Pair, old: Part, new: Part) -> None:
    before, after = context.old.content(old), context.new.content(new)
    for name, part in before.items():
        match = covering(after, name)
        if match is None:
            told = f"the body is no longer taken as {name}"
            context.found.structure(
                "request-media-type-removed", pair.new, part.pointer, None, told, breaks=pair.inward
            )
        else:
            _content(context, pair, name, part, after[match])
    for name, part in after.items():
        if covering(before, name) is None:
            told = f"the body is also taken as {name}"
            context.found.structure(
                "request-media-type-added", pair.new, None, part.pointer, told, breaks=not pair.inward
            )


def covering(content: Mapping[str, Part], name: str) -> str | None:
    """Return the media type or the range among some that covers one, exact names before ranges."""
    ranges = (name, f"{name.partition('/')[0]}/*", "*/*")
    return next((candidate for candidate in ranges if candidate in content), None)


def _content(context: Context, pair: Pair, name: str, old: Part, new: Part) -> None:
    wire = name in FORMS
    for key in ("schema", "itemSchema"):
        for change in context.schema(pair.request, old, new, key, wire=wire):
            exchange: Mapping[str, Json] = {}
            if change.value is not ABSENT:
                exchange = _sent(context, pair, name, change.value)
            context.add(change, pair, pair.request, exchange, "the body")
    encodings = [part.raw.get("encoding") or {} for part in (old, new)]
    if encodings[0] != encodings[1] and wire:
        told = f"the body as {name}: members are encoded otherwise"
        context.found.structure("parameter-written-otherwise", pair.new, old.pointer, new.pointer, told, breaks=True)


def _sent(context: Context, pair: Pair, name: str, value: Json) -> Mapping[str, Json]:
    if pair.inward:
        return context.exchanges[Side.REQUEST].request(pair.old, {}, (name, value))
    return {"method": pair.new.method, "target": pair.new.path, "headers": {"content-type": name}, "body": value}
