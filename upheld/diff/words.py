"""What to call a leaf: its rule, and a sentence that a client's author understands."""

from collections.abc import Mapping
from types import MappingProxyType

from upheld.diff.leaf import MADE_UP, Leaf
from upheld.model import Side
from upheld.pointer import tokens as tokens_of

ENDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "alternative": ("alternative-removed", "alternative-added"),
    "enum-value": ("enum-value-removed", "enum-value-added"),
    "extra-members": ("extra-members-narrowed", "extra-members-widened"),
    "format": ("format-narrowed", "format-widened"),
    "length": ("length-narrowed", "length-widened"),
    "member": ("member-added", "member-removed"),
    "member-required": ("member-required", "member-optional"),
    "null": ("null-removed", "null-added"),
    "pattern": ("pattern-narrowed", "pattern-widened"),
    "range": ("range-narrowed", "range-widened"),
    "required-member": ("required-member-added", "required-member-removed"),
    "schema": ("schema-narrowed", "schema-widened"),
    "size": ("size-narrowed", "size-widened"),
    "type": ("type-narrowed", "type-widened"),
})  # fmt: skip
"""How the rules end of what narrows a schema and of what widens it."""

RULES: Mapping[str, str] = MappingProxyType({
    "changed": "schema-changed",
    "default": "default-changed",
    "discriminator": "discriminator-changed",
    "format-changed": "format-changed",
    "schema-renamed": "schema-renamed",
    "text": "text-changed",
    "visibility": "visibility-changed",
})  # fmt: skip
"""The rules of what is no matter of narrow or wide."""

LISTED: Mapping[str, str] = MappingProxyType({
    "alternative-added": "{place} may be {which}",
    "alternative-removed": "{place} is never {which} any more",
    "enum-value-added": "{place} may be {which}",
    "enum-value-removed": "{place} is never {which} any more",
})  # fmt: skip
"""What is said of what is gone or come, where the rest stays."""

SENTENCES: Mapping[str, str] = MappingProxyType({
    "default-changed": "{place}: default {before} → {after}",
    "deprecated": "{place} is deprecated",
    "discriminator-changed": "{place}: discriminator {before} → {after}",
    "extra-members-narrowed": "{place} allows fewer members that it does not name",
    "extra-members-widened": "{place} allows more members that it does not name",
    "format-changed": "{place}: format {before} → {after}",
    "member-added": "{place} is new, and optional",
    "member-optional": "{place} became optional",
    "member-removed": "{place} is gone; it was optional",
    "member-required": "{place} became required",
    "null-added": "{place} may be null",
    "null-removed": "{place} is never null any more",
    "required-member-added": "{place} is new, and required",
    "required-member-removed": "{place} is gone; it was required",
    "schema-changed": "{place} changed in a way that is not decided",
    "schema-narrowed": "{place}: fewer values are valid",
    "schema-renamed": "{before} is called {after}",
    "schema-widened": "{place}: more values are valid",
    "text-changed": "{place}: a title, a description or an example changed",
    "undeprecated": "{place} is no longer deprecated",
    "visibility-changed": "{place}: sent {before} → {after}",
})  # fmt: skip
"""By the end of the rule; of all others, what was and what is."""

ITEMS: Mapping[str, str] = MappingProxyType({"[]": "an item", "*": "a member"})
"""What to call what has no name in what has none."""

SHOWN_MOST = 120


def rule(leaf: Leaf, side: Side) -> str:
    """Return the id of a leaf's rule."""
    if leaf.what == "deprecated":
        return "deprecated" if _sides(leaf, side)[1] == "true" else "undeprecated"
    if leaf.what in RULES:
        return RULES[leaf.what]
    narrowed = leaf.loses is (side is Side.REQUEST)
    return f"{side}-{ENDS[leaf.what][not narrowed]}"


def message(leaf: Leaf, side: Side, old: str | None, new: str | None) -> str:
    """Return what happened, in a sentence that begins with the schema, the member or the item it is about."""
    what = rule(leaf, side).removeprefix(f"{side}-")
    before, after = (_short(text) for text in _sides(leaf, side))
    listed = what in LISTED and not (before and after)
    sentence = LISTED[what] if listed else SENTENCES.get(what, "{place}: {before} → {after}")
    place = subject(leaf.about or (new if new is not None else old))
    return sentence.format(place=place, before=before, after=after, which=before or after)


def _sides(leaf: Leaf, side: Side) -> tuple[str, str]:
    """Return what the old and the new contract say."""
    return (leaf.sent, leaf.accepted) if side is Side.REQUEST else (leaf.accepted, leaf.sent)


def subject(pointer: str | None) -> str:
    """Return what a pointer leads to as people call it: `Book.price`, `items[].price` of what is written in place."""
    tokens = list(tokens_of(pointer or ""))
    if tokens[:2] == ["components", "schemas"] and len(tokens) > 2:
        name = "" if tokens[2].startswith(MADE_UP) else tokens[2]
        return _member(name, tokens[3:]).removeprefix(".") or "the value"
    if "schema" in tokens or "itemSchema" in tokens:
        at = tokens.index("schema" if "schema" in tokens else "itemSchema")
        return _member("", tokens[at + 1 :]).removeprefix(".") or "the value"
    return "the value"


def _member(name: str, tokens: list[str]) -> str:
    """Return a member's name behind that of what it belongs to."""
    while tokens:
        match tokens:
            case ["properties", member, *rest]:
                name, tokens = f"{name}.{member}", rest
            case ["items", *rest]:
                name, tokens = f"{name}[]", rest
            case ["prefixItems", at, *rest]:
                name, tokens = f"{name}[{at}]", rest
            case ["additionalProperties" | "propertyNames", *rest]:
                name, tokens = f"{name}.*", rest
            case ["patternProperties", _, *rest]:
                name, tokens = f"{name}.*", rest
            case ["anyOf" | "oneOf" | "allOf", _, *rest]:
                tokens = rest
            case [_, *rest]:
                tokens = rest
    return name


def named(message: str, name: str) -> str:
    """Return a message about a value that has no name of its own, or about an item of it, with what it is called."""
    if message.startswith("the value"):
        return name + message.removeprefix("the value")
    item, _, rest = message.partition(" ")
    said = ITEMS.get(item.rstrip(":"))
    return f"{said} of {name}{':' * item.endswith(':')} {rest}" if said else message


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_MOST else f"{text[: SHOWN_MOST - 1]}…"
