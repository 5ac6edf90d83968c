"""Refusals by the alternatives of a union: where one would have taken the value but for its bare type, none counts."""

from collections import defaultdict
from dataclasses import replace

from upheld.drive.members import value_at
from upheld.model import Refusal, Request

Where = tuple[str | int, ...]


def by_alternative(refusals: tuple[Refusal, ...], request: Request) -> tuple[Refusal, ...]:
    """Return refusals, bare where they belong to a union with an alternative that was refused for bare reasons alone.

    Pydantic tells of each alternative, with its name as a step that no member of the value has.
    """
    if len({refusal.bare for refusal in refusals}) < 2:
        return refusals
    unions: dict[Where, dict[str | int, list[Refusal]]] = defaultdict(lambda: defaultdict(list))
    for refusal in refusals:
        first = 1 if refusal.where[:1] == ("body",) else 2  # of a parameter, the step before is its name
        for depth in range(first, len(refusal.where) - (refusal.kind == "missing")):
            if _is_alternative(refusal.where[: depth + 1], request):
                unions[refusal.where[:depth]][refusal.where[depth]].append(refusal)
    excused = {
        whole for whole, named in unions.items() if any(all(one.bare for one in group) for group in named.values())
    }
    return tuple(
        replace(refusal, bare=True)
        if any(refusal in group for whole in excused for group in unions[whole].values())
        else refusal
        for refusal in refusals
    )


def _is_alternative(where: Where, request: Request) -> bool:
    """Return whether the last step of a place names no member of the value that it is a step into."""
    if not isinstance(where[-1], str):
        return False
    whole = value_at(request, where[:-1])
    if isinstance(whole, dict):
        return where[-1] not in whole
    return whole is not None or value_at(request, where) is None  # the whole of a form is none
