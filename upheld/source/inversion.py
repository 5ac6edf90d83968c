"""Values of one request member for which an expression has a value: computations turned round."""

import contextlib
import datetime as dt
import decimal
import enum
import inspect
import re
import string
import typing
from collections.abc import Iterable, Iterator
from typing import Any

from upheld.pattern import drawn
from upheld.source import suggest
from upheld.source.annotations import bare, items_of, repeated
from upheld.source.operations import NOW, Chosen, evaluate, inputs
from upheld.source.pure import DATA, holding, joined, turned
from upheld.source.values import Input, Known, Op, Value

MEMBERS_MOST = 12
_LENGTH_MOST = 20_000
_STRIPS = ("strip", "lstrip", "rstrip", "split", "rsplit")
_BLANKS = (" ", "   ", " " * 10)
"""Nothing is left of them; where a text has to be there, they are."""
_CASES = frozenset({"lower", "upper", "casefold", "title", "capitalize", "swapcase"})
OUTSIDER = "upheld"
"""A text that is none of those that the app knows."""
_DISTINCT = string.ascii_letters + string.digits


class Sized:
    """A value of which only the length matters; whoever sends the request makes one that fits the docs."""

    def __init__(self, length: int) -> None:
        """Take how many characters or items it has."""
        self.length = length

    def __len__(self) -> int:
        return self.length


def holds(value: Value, wanted: Input) -> bool:
    """Return whether something is computed of a member."""
    return any(one.where == wanted.where for one in inputs(value))


def value_of(value: Value, chosen: Chosen, wanted: Input) -> Any:
    """Return what a side is; where the wanted member is on both sides, or others are open, what it may be."""
    with contextlib.suppress(Exception):  # the app's own computations may raise anything
        return evaluate(value, chosen)
    with contextlib.suppress(Exception):
        plain = {one.where: next(_some(one)) for one in inputs(value)}
        return evaluate(value, {**plain, **chosen, wanted.where: next(_some(wanted))})
    return 1


def inverted(value: Value, target: Any, chosen: Chosen, wanted: Input) -> Iterator[Any]:
    """Yield values of a member for which an expression may be `target`."""
    match value:
        case Input():
            yield from typed(value, target)
        case Op(name="+" | "-" | "*" | "/" | "//" | "%" | "&" as name, args=(left, right)):
            yield from _arithmetic(name, left, right, target, chosen, wanted)
        case Op(name="neg", args=(inner,)):
            with contextlib.suppress(TypeError):
                yield from inverted(inner, -target, chosen, wanted)
        case Op(name="item", args=(table, index)):
            yield from _item(table, index, target, chosen, wanted)
        case Op(name="slice", args=(inner, start, stop, _)) if isinstance(target, str):
            skipped, end = value_of(start, chosen, wanted) or 0, value_of(stop, chosen, wanted)
            yield from _within(inner, slice(skipped, end), target, chosen, wanted)
            yield from inverted(inner, target[::-1], chosen, wanted)
            if isinstance(skipped, int):
                yield from inverted(inner, "a" * max(0, skipped) + target, chosen, wanted)
                yield from inverted(inner, target + "a", chosen, wanted)
        case Op(name="call", args=(Known(value=function), *arguments)):
            yield from _call(function, arguments, target, chosen, wanted)
        case Op(name="method", args=(inner, Known(value=method), *arguments)):
            yield from _called(str(method), inner, arguments, target, chosen, wanted)
        case Op(name="attr", args=(inner, Known(value=name))):
            yield from _attribute(str(name), inner, target, chosen, wanted)
        case Op(name="text", args=parts) if isinstance(target, str) and (form := _template(parts, wanted)) is not None:
            inner = next(part for part in parts if holds(part, wanted))
            yield from inverted(inner, fits["wanted"] if (fits := form.fullmatch(target)) else target, chosen, wanted)
        case Op(name="text" | "tuple" | "list" | "set", args=parts):
            yield from _parts(parts, target, chosen, wanted)
        case Op(args=parts):
            for part in parts:
                if isinstance(part, Op):
                    yield from suggest.suggestions(part, chosen, wanted)


def typed(wanted: Input, target: Any) -> Iterator[Any]:
    """Yield a target as the member's own type has it; as it is where anything may come."""
    kind, optional = bare(wanted.annotation)
    if target is None:
        if optional or wanted.optional or kind is None:
            yield None
    elif isinstance(target, Sized) or kind is None or kind is Any or isinstance(target, _kind_of(kind)):
        if not (isinstance(target, bool) and kind in (int, float)):
            yield target
    elif typing.get_origin(kind) is typing.Literal:
        yield from (one for one in typing.get_args(kind) if one == target)
    elif kind is int and isinstance(target, str):
        with contextlib.suppress(ValueError):
            yield int(target)
    elif kind in (float, decimal.Decimal) and isinstance(target, int | float | decimal.Decimal):
        with contextlib.suppress(ArithmeticError, ValueError):
            yield kind(str(target)) if kind is decimal.Decimal else float(target)
    elif kind is int and isinstance(target, float | decimal.Decimal):
        with contextlib.suppress(ArithmeticError, ValueError):
            yield int(target)
    elif inspect.isclass(kind) and issubclass(kind, enum.Enum):
        yield from (one for one in kind if target in (one, one.value))
    elif kind in (dt.date, dt.datetime, dt.time) and isinstance(target, str):
        with contextlib.suppress(ValueError):
            yield kind.fromisoformat(target)
    elif kind is dt.datetime and isinstance(target, dt.date):
        yield dt.datetime(target.year, target.month, target.day)
    elif kind is dt.date and isinstance(target, dt.datetime):
        yield target.date()


def _kind_of(kind: Any) -> Any:
    """Return a class for `isinstance`, of a type with or without parameters."""
    origin = typing.get_origin(kind) or kind
    return origin if inspect.isclass(origin) else ()


def _some(wanted: Input) -> Iterator[Any]:
    kind, _ = bare(wanted.annotation)
    yield {
        int: 1,
        float: 1.0,
        decimal.Decimal: decimal.Decimal(1),
        bool: True,
        list: [],
        dt.date: NOW.date(),
    }.get(_kind_of(kind) or str, NOW if kind is dt.datetime else "a")


def _arithmetic(name: str, left: Value, right: Value, target: Any, chosen: Chosen, wanted: Input) -> Iterator[Any]:
    inner, other, first = (left, right, True) if holds(left, wanted) else (right, left, False)
    given = value_of(other, chosen, wanted)
    made: list[Any] = []
    with contextlib.suppress(TypeError, ArithmeticError, ValueError):
        match name:
            case "+" if isinstance(target, str) and isinstance(given, str):
                made = [target.removesuffix(given) if first else target.removeprefix(given)]
            case "+":
                made = [target - given]
            case "-":
                made = [target + given] if first else [given - target]
            case "*" if isinstance(target, int) and isinstance(given, int):
                made = [target // given, target // given + 1]
            case "*":
                made = [target / given]
            case "/" | "//":
                made = [target * given] if first else [given / target if target else 0, 0]
            case "%" if first:
                made = [target, target + given, target + 7 * given, target - given, target + 100 * given]
            case "%":
                made = [given - target]
            case "&":
                made = [target, given, 0]
    for one in made:
        yield from inverted(inner, one, chosen, wanted)


def _item(table: Value, index: Value, target: Any, chosen: Chosen, wanted: Input) -> Iterator[Any]:
    if (found := _matched(table, index)) is not None:
        yield from _grouped(*found, target, chosen, wanted)
        return
    if holds(index, wanted):
        known = value_of(table, chosen, wanted)
        pairs = (
            known.items() if isinstance(known, dict) else enumerate(known) if isinstance(known, list | tuple) else ()
        )
        rest = []
        for each, value in list(pairs)[:40]:
            if value is target or (type(value) is type(target) and value == target):
                yield from inverted(index, each, chosen, wanted)
            else:
                rest.append(each)
        for each in rest[:MEMBERS_MOST]:
            yield from inverted(index, each, chosen, wanted)
        return
    at = value_of(index, chosen, wanted)
    if not isinstance(at, int):
        if isinstance(at, str):
            yield from inverted(table, {at: target}, chosen, wanted)
        return
    match table:
        case Op(
            name="method", args=(inner, Known(value="split" | "rsplit" | "partition" | "rpartition" as how), *rest)
        ):
            separator = str(value_of(rest[0], chosen, wanted)) if rest else " "
            there = value_of(inner, chosen, wanted)
            split = getattr(there, how)(separator) if isinstance(there, str) and separator in there else ()
            if "split" in how:
                parts = ["a"] * (at + 1 if at >= 0 else -at)
                parts[at] = str(target)
                yield from inverted(inner, separator.join(parts), chosen, wanted)
            else:
                yield from inverted(inner, _partitioned(at, separator, str(target)), chosen, wanted)
            if -len(split) <= at < len(split):
                parts = [*split]
                parts[at] = str(target)
                yield from inverted(inner, (separator if "split" in how else "").join(parts), chosen, wanted)
            if at == 0:
                yield from inverted(inner, f"{target}{separator}a", chosen, wanted)
        case _:
            if isinstance(target, str):
                yield from _within(table, slice(at, at + 1 or None), target, chosen, wanted)
                yield from inverted(table, target if at in (0, -1) else "a" * max(at, 0) + target, chosen, wanted)
            yield from inverted(table, [target] * (at + 1 if at >= 0 else -at), chosen, wanted)


def _within(inner: Value, where: slice, target: str, chosen: Chosen, wanted: Input) -> Iterator[Any]:
    """Yield members for which a part of the text that is there is another, as long as it is."""
    there = value_of(inner, chosen, wanted)
    with contextlib.suppress(TypeError, ValueError):
        if isinstance(there, str) and len(there[where]) == len(target) and there[where] != target:
            start, stop, _ = where.indices(len(there))
            yield from inverted(inner, f"{there[:start]}{target}{there[stop:]}", chosen, wanted)


def _matched(table: Value, index: Value) -> tuple[Op, Any] | None:
    """Return the match that an item is of, and which group it is."""
    match table, index:
        case Op(name="match"), Known(value=group):
            return table, group
        case Op(name="method", args=(Op(name="match") as found, Known(value="groups"))), Known(value=int() as at):
            return found, at + 1
        case Op(name="method", args=(Op(name="match") as found, Known(value="groupdict"))), Known(value=group):
            return found, group
    return None


def _grouped(found: Op, group: Any, target: Any, chosen: Chosen, wanted: Input) -> Iterator[Any]:
    """Yield members for which a group of a match has a value: in the text that is there, or in texts that match."""
    how, pattern, text = (found.args[0], found.args[1], found.args[2])
    if not isinstance(how, Known) or not isinstance(pattern, Known):
        return
    with contextlib.suppress(Exception):  # a pattern with flags of its own, a group that is not there
        form = re.compile(pattern.value)
        for base in (value_of(text, chosen, wanted), *drawn(form.pattern)):
            taken = getattr(form, how.value)(base) if isinstance(base, str) else None
            if taken is None:
                continue
            start, end = taken.span(group)
            for part in dict.fromkeys((str(target), str(target).rjust(end - start, "0"))):
                made = f"{base[:start]}{part}{base[end:]}"
                if getattr(form, how.value)(made) is not None:
                    yield from inverted(text, made, chosen, wanted)


def _partitioned(at: int, separator: str, target: str) -> str:
    return (f"{target}{separator}a", separator, f"a{separator}{target}")[at]


def _call(function: Any, arguments: list[Value], target: Any, chosen: Chosen, wanted: Input) -> Iterator[Any]:
    inner = next((part for part in arguments if holds(part, wanted)), None)
    if inner is None:
        return
    made: list[Any] = []
    with contextlib.suppress(Exception):  # conversions of anything to anything
        if function is len and isinstance(target, int) and 0 <= target <= _LENGTH_MOST:
            made = [Sized(target)] if _is_list(inner) else ["a" * target, [0] * target, Sized(target)]
        elif function in (int, float, decimal.Decimal, str, bool):
            made = [target, str(target), *((f"{target:x}", f"{target:b}", f"{target:o}") if arguments[1:] else ())]
        elif function in (abs, round):
            made = [target, -target]
        elif function in (sum, min, max):
            made = [[target], target]
        elif function in (set, frozenset) and isinstance(target, str | Sized) and len(target) <= len(_DISTINCT):
            made = [_DISTINCT[: len(target)], *repeated(inner), target]
        elif function in (set, frozenset, list, tuple, sorted, reversed):
            made = [[*target], target, "".join(map(str, target))]
        elif function is ord:
            made = [chr(target)]
        elif function == dt.date.fromisoformat:
            made = [target.isoformat()]
        else:
            others = [value_of(part, chosen, wanted) for part in arguments if part is not inner]
            for one in turned(function, others, target):
                made.append(one)
    for one in made:
        yield from inverted(inner, one, chosen, wanted)


def _is_list(value: Value) -> bool:
    return isinstance(value, Input) and items_of(value.annotation) is not None


def _called(
    name: str, inner: Value, arguments: list[Value], target: Any, chosen: Chosen, wanted: Input
) -> Iterator[Any]:
    if not holds(inner, wanted):
        table = value_of(inner, chosen, wanted)
        if name == "join" and isinstance(table, str) and isinstance(target, str):
            parts = target.split(table) if table else [*target]
            for argument in arguments:
                yield from inverted(argument, parts, chosen, wanted)
        for argument in arguments if isinstance(table, dict) and name == "get" else ():
            yield from _item(inner, argument, target, chosen, wanted)
            yield from inverted(argument, OUTSIDER, chosen, wanted)
        return
    if name == "group" and isinstance(inner, Op) and inner.name == "match":
        yield from _grouped(
            inner, arguments[0].value if arguments and isinstance(arguments[0], Known) else 0, target, chosen, wanted
        )
        return
    made: list[Any] = [target]
    if name in ("weekday", "isoweekday") and isinstance(target, int):
        monday = dt.date(2024, 1, 1)
        made = [monday + dt.timedelta(days=(target - (name == "isoweekday")) % 7)]
    elif name == "date" and isinstance(target, dt.date):
        made = [dt.datetime(target.year, target.month, target.day)]
    elif name in ("split", "rsplit") and isinstance(target, list | Sized):
        made = [joined(target, value_of(arguments[0], chosen, wanted) if arguments else None)]
    elif name == "removeprefix" and isinstance(target, str) and arguments:
        made = [f"{value_of(arguments[0], chosen, wanted)}{target}"]
    elif name == "total_seconds":
        made = [dt.timedelta(seconds=target)] if isinstance(target, int | float) else []
    elif name == "count" and isinstance(target, int) and arguments:
        made = [str(value_of(arguments[0], chosen, wanted)) * min(max(target, 0), 50)]
    elif name == "isocalendar" and isinstance(target, int):
        made = [dt.date.fromisocalendar(2020, target, 1)] if 1 <= target <= 53 else []
    elif name == "encode" and isinstance(target, bytes):
        made = [target.decode()]
    elif name == "get" and arguments:
        made = [{str(value_of(arguments[0], chosen, wanted)): target}]
    elif isinstance(target, str):
        made = [*dict.fromkeys((target, target.upper(), target.lower()))] if name in _CASES else [target]
        there = value_of(inner, chosen, wanted) if name in ("lstrip", "rstrip") and arguments else None
        if isinstance(there, str) and (fill := str(value_of(arguments[0], chosen, wanted))[:1]):
            missing = fill * (len(there) - len(target))
            made.append(missing + target if name == "lstrip" else target + missing)
    if not target and name in _STRIPS:
        made += _BLANKS
    for one in made:
        yield from inverted(inner, one, chosen, wanted)


def _attribute(name: str, inner: Value, target: Any, chosen: Chosen, wanted: Input) -> Iterator[Any]:
    made: list[Any] = []
    with contextlib.suppress(Exception):  # a day that no month has
        if name == "value":
            made = [target]
        elif name in DATA:
            made = [*holding(name, target), target]
        elif name in ("year", "month", "day"):
            made = [dt.date(2024, 1, 1).replace(**{name: target})]
        elif name in ("hour", "minute", "second", "microsecond"):
            made = [NOW.replace(**{name: target}), dt.time().replace(**{name: target})]
        elif name in ("days", "seconds"):
            made = [dt.timedelta(**{name: target})]
        else:
            made = [target]
    for one in made:
        yield from inverted(inner, one, chosen, wanted)


def _template(parts: Iterable[Value], wanted: Input) -> "re.Pattern[str] | None":
    """Return a pattern for a text with several members of a request in it, told apart by what is between them."""
    members = [part for part in parts if isinstance(part, Input)]
    if len(members) <= 1 or not any(one.where == wanted.where for one in members):
        return None
    pieces = [
        re.escape(str(part.value)) if isinstance(part, Known)
        else "(?P<wanted>.+?)" if isinstance(part, Input) and part.where == wanted.where else ".+?"
        for part in parts
    ]  # fmt: skip
    try:
        return re.compile("".join(pieces), re.DOTALL)
    except re.error:  # the same member twice
        return None


def _parts(parts: Iterable[Value], target: Any, chosen: Chosen, wanted: Input) -> Iterator[Any]:
    """Split what a tuple or a text is made of, where the member is one of its parts."""
    known = list(parts)
    if isinstance(target, tuple | list) and len(target) == len(known):
        for part, one in zip(known, target, strict=True):
            if holds(part, wanted):
                yield from inverted(part, one, chosen, wanted)
    elif isinstance(target, str):
        before, after, inner = "", "", None
        for part in known:
            if inner is None and holds(part, wanted):
                inner = part
            elif inner is None:
                before += str(value_of(part, chosen, wanted))
            else:
                after += str(value_of(part, chosen, wanted))
        if inner is not None:
            yield from inverted(inner, target.removeprefix(before).removesuffix(after), chosen, wanted)
