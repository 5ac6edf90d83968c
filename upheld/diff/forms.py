"""The form that every schema is brought to before two are compared: a union of parts, each of one JSON type.

A `Form` accepts what one of its parts accepts. What a part says of members and items are again schemas: sets of nodes
that all apply (`All`), to be brought to a form when they are needed, so that recursion ends. Keywords that the forms
cannot express are kept as `atoms`, texts that stand for a further condition: with one of them a part is an upper bound
of what is accepted, and two are known to be the same condition where the texts are equal.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from upheld.model import Json

All: TypeAlias = tuple[int, ...]
"""Nodes, sorted, all of which apply; () accepts everything."""

Number: TypeAlias = int | float

EVERYTHING: All = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    atoms: frozenset[str] = frozenset()
    """Conditions that are told apart by their text alone."""
    origin: int = field(default=-1, compare=False)
    """The node that says so; -1 for nobody in particular."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nulls(_Part):
    """The value null."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booleans(_Part):
    """The values true and false, or one of them."""

    values: frozenset[bool] = frozenset({False, True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers(_Part):
    """Numbers between bounds."""

    low: Number = -math.inf
    low_open: bool = False
    high: Number = math.inf
    high_open: bool = False
    whole: bool = False
    """Whether only integers are meant; their bounds are closed."""
    steps: frozenset[Fraction] = frozenset()
    """What they have to be multiples of."""
    values: frozenset[Number] | None = None
    """The only ones, where they are listed."""
    without: frozenset[Number] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts(_Part):
    """Texts of some lengths, in characters."""

    low: int = 0
    high: int | None = None
    patterns: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    values: frozenset[str] | None = None
    """The only ones, where they are listed."""
    without: frozenset[str] = frozenset()
    content: All | None = None
    """What applies to the JSON that they hold; `None` where they hold none that is described."""

    @property
    def free(self) -> bool:
        """Whether any text will do."""
        return self == FREE


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists(_Part):
    """Arrays."""

    prefix: tuple[All, ...] = ()
    items: All = EVERYTHING
    """Of what comes after `prefix`."""
    low: int = 0
    high: int | None = None
    unique: bool = False

    def item(self, at: int) -> All:
        """Return what applies to an item."""
        return self.prefix[at] if at < len(self.prefix) else self.items


class Members(dict[str, All]):
    """What applies to the members that have a name; never changed once it is part of a form."""

    def __hash__(self) -> int:  # type: ignore[override]
        """Make the part that holds it a key."""
        return hash(frozenset(self.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Objects(_Part):
    """Objects."""

    members: Members = field(default_factory=Members)
    required: frozenset[str] = frozenset()
    patterns: tuple[tuple[str, All], ...] = ()
    """What applies to members whose names match, sorted by expression."""
    extra: All | None = None
    """What applies to members that neither is said of; `None` where nothing is said."""
    names: All = EVERYTHING
    """What applies to the names themselves."""
    low: int = 0
    high: int | None = None

    @property
    def says_extra(self) -> bool:
        """Whether members without a name of their own are meant: a map, or an object that declares them."""
        return self.extra is not None or not (self.members or self.patterns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed(_Part):
    """One array or one object."""

    value: Json = field(compare=False)
    text: str
    """It as JSON, members sorted."""


Part: TypeAlias = Nulls | Booleans | Numbers | Texts | Lists | Objects | Fixed
FREE = Texts()
KINDS: tuple[type[Part], ...] = (Nulls, Booleans, Numbers, Texts, Lists, Objects)
NAMES: Mapping[type[Part], str] = MappingProxyType({
    Nulls: "null", Booleans: "boolean", Numbers: "number", Texts: "string", Lists: "array", Objects: "object"
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """A union of parts."""

    parts: tuple[Part, ...]

    def of(self, kind: type[Part]) -> tuple[Part, ...]:
        """Return the parts that hold values of a type: a fixed value belongs to its own."""
        return tuple(part for part in self.parts if type(part) is kind or kind_of(part) is kind)


NOTHING = Form(())


def full(kind: type[Part], origin: int = -1, atoms: frozenset[str] = frozenset()) -> Part:
    """Return the part that accepts every value of a type."""
    return kind(origin=origin, atoms=atoms)  # type: ignore[call-arg]  # `KINDS` are those without fields that must be given


def anything(origin: int = -1, atoms: frozenset[str] = frozenset()) -> Form:
    """Return the form that accepts every value."""
    return Form(tuple(full(kind, origin, atoms) for kind in KINDS))


def kind_of(part: Part) -> type[Part]:
    """Return which type of JSON a part is of, as the class of its parts."""
    if isinstance(part, Fixed):
        return Lists if isinstance(part.value, list) else Objects
    return type(part)


def kind_of_value(value: Json) -> type[Part]:
    """Return which type of JSON a value is of, likewise."""
    if value is None:
        return Nulls
    if isinstance(value, bool):
        return Booleans
    if isinstance(value, int | float):
        return Numbers
    if isinstance(value, str):
        return Texts
    return Lists if isinstance(value, list) else Objects


def written(value: Json) -> str:
    """Return a value as the one text that equal values have: `1.0` is `1`, members are sorted."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)


def _plain(value: Json) -> Json:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def listed(values: Iterable[Json], origin: int) -> Form:
    """Return the form of the values that an `enum` lists."""
    numbers: set[Number] = set()
    texts: set[str] = set()
    booleans: set[bool] = set()
    parts: list[Part] = []
    fixed: dict[str, Fixed] = {}
    for value in values:
        match value:
            case None:
                parts = [Nulls(origin=origin)]
            case bool():
                booleans.add(value)
            case int() | float():
                numbers.add(value)
            case str():
                texts.add(value)
            case _:
                text = written(value)
                fixed[text] = Fixed(value=value, text=text, origin=origin)
    if booleans:
        parts.append(Booleans(values=frozenset(booleans), origin=origin))
    if numbers:
        parts.append(Numbers(values=frozenset(numbers), origin=origin))
    if texts:
        parts.append(Texts(values=frozenset(texts), origin=origin))
    return Form((*parts, *fixed.values()))


def join(forms: Iterable[Form]) -> Form:
    """Return what accepts all that one of several forms accepts; equal parts stand once, values of a type together."""
    parts = {part: None for form in forms for part in form.parts}
    return Form(tuple(_together(list(parts))))


def _together(parts: list[Part]) -> list[Part]:
    """Put listed values of one type into one part, and the two booleans into one."""
    kept: list[Part] = []
    for part in parts:
        for at, other in enumerate(kept):
            if (both := _listed_together(other, part)) is not None:
                kept[at] = both
                break
        else:
            kept.append(part)
    return kept


def _listed_together(one: Part, other: Part) -> Part | None:
    if one.atoms or other.atoms:
        return None
    match one, other:
        case Booleans(), Booleans():
            return replace(one, values=one.values | other.values)
        case Numbers(values=frozenset() as first), Numbers(values=frozenset() as second) if _lists(one, other):
            return replace(one, values=first | second)
        case Texts(values=frozenset() as first), Texts(values=frozenset() as second) if _lists(one, other):
            return replace(one, values=first | second)
    return None


def _lists(*parts: Numbers | Texts) -> bool:
    """Whether parts are lists of values and nothing else."""
    return all(
        part == (Numbers(values=part.values) if isinstance(part, Numbers) else Texts(values=part.values))
        for part in parts
    )
