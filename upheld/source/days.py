"""Days and moments of which several parts are asked at once: looked for one by one, in few likely years."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from upheld.source.annotations import bare
from upheld.source.operations import NOW
from upheld.source.values import Input, Known, Op, Value

_OF_A_TIME = ("hour", "minute", "second", "microsecond")
_OF_A_DAY = ("year", "month", "day")
_BY_METHOD = frozenset({"weekday", "isoweekday", "isocalendar", "toordinal", "timetuple", "strftime", "date", "time"})
_YEARS = (2024, NOW.year)
"""A leap year, and the one that stands for the present."""
_YEARS_MOST, _FOUND_MOST = 8, 3


def days(wanted: Input, conditions: Iterable[Value], keeps: Callable[[Value, Any], bool]) -> Iterator[Any]:
    """Yield days, or moments, that meet all conditions on nothing but this member, where some ask a part of it."""
    kind, _ = bare(wanted.annotation)
    known = list(conditions)
    if kind not in (dt.date, dt.datetime) or not any(_asks_a_part(one) for one in known):
        return
    of_time = [one for one in known if any(name in _OF_A_TIME for name in _names(one))]
    of_day = [one for one in known if one not in of_time]
    offset = {"tzinfo": dt.UTC} if any("tzinfo" in _names(one) for one in known) else {}
    found = 0
    for day in _every_day(known):
        noon = day if kind is dt.date else dt.datetime(day.year, day.month, day.day, 12, **offset)  # type: ignore[arg-type]
        if not all(keeps(one, noon) for one in of_day):
            continue
        for made in _moments(noon, of_time) if isinstance(noon, dt.datetime) else (noon,):
            if all(keeps(one, made) for one in known):
                yield made
                found += 1
                break
        else:
            return  # what is asked of the time does not depend on the day
        if found == _FOUND_MOST:
            return


def _asks_a_part(condition: Value) -> bool:
    return any(name in (*_OF_A_DAY, *_OF_A_TIME) or name in _BY_METHOD for name in _names(condition))


def _names(condition: Value) -> Iterator[str]:
    """Yield the attributes and methods that a condition asks a member for."""
    for one in _parts(condition):
        match one:
            case Op(name="attr" | "method", args=(_, Known(value=str() as name), *_)):
                yield name


def _parts(value: Value) -> Iterator[Value]:
    yield value
    for part in value.args if isinstance(value, Op) else ():
        yield from _parts(part)


def _constants(conditions: Iterable[Value]) -> Iterator[Any]:
    for condition in conditions:
        for part in _parts(condition):
            if isinstance(part, Known):
                whole = part.value
                yield from whole if isinstance(whole, tuple | list) else (whole,)


def _every_day(conditions: list[Value]) -> Iterator[dt.date]:
    years = dict.fromkeys(_YEARS)
    for value in _constants(conditions):
        year = value.year if isinstance(value, dt.date) else value if type(value) is int else 0
        if dt.MINYEAR < year < dt.MAXYEAR and (isinstance(value, dt.date) or year > 999):
            years |= dict.fromkeys((year, year + 1, year - 1))
    for year in [*years][:_YEARS_MOST]:
        first = dt.date(year, 1, 1)
        yield from (first + dt.timedelta(days=at) for at in range(365))
        yield dt.date(year, 12, 31)


def _moments(noon: dt.datetime, conditions: list[Value]) -> Iterator[dt.datetime]:
    numbers = {value + step for value in _constants(conditions) if type(value) is int for step in (0, 1, -1)}
    asked = {name for one in conditions for name in _names(one)}
    hours = sorted({*numbers, 0, 12} & {*range(24)}) if "hour" in asked else [noon.hour]
    minutes = sorted({*numbers, 0} & {*range(60)}) if "minute" in asked else [0]
    seconds = sorted({*numbers, 0} & {*range(60)}) if "second" in asked else [0]
    for hour in hours:
        for minute in minutes:
            for second in seconds:
                yield noon.replace(hour=hour, minute=minute, second=second)
