"""Which parts of two unions are versions of each other."""

from collections.abc import Sequence

from upheld.diff.answer import Included
from upheld.diff.disjoint import apart
from upheld.diff.forms import Fixed, Lists, Numbers, Objects, Part, Texts
from upheld.diff.include import Inclusion
from upheld.diff.meeting import member

Matched = tuple[list[tuple[Part, Part]], list[Part], list[Part]]
PAIRS_MOST = 2_500
"""Of larger unions only parts of the same name are compared."""


ALIKE_LEAST = 1.0
"""Objects of other names are versions of each other from here on: half of their members have the same names."""


def matched(sent: Sequence[Part], accepted: Sequence[Part], inclusion: Inclusion) -> Matched:
    """Return pairs of parts that belong together, and what is left on either side, in the order of both."""
    if len(sent) == len(accepted) == 1 and not isinstance(sent[0], Fixed) and not isinstance(accepted[0], Fixed):
        return [(sent[0], accepted[0])], [], []
    pairs: dict[int, int] = {}
    named = {_name(other, inclusion): place for place, other in enumerate(accepted)}
    for at, one in enumerate(sent):
        name = _name(one, inclusion)
        if name is not None and name in named and not apart(inclusion.forms, one, accepted[named[name]]):
            pairs[at] = named.pop(name)
    taken = set(pairs.values())
    scored = []
    for at, one in enumerate(sent):
        for place, other in enumerate(accepted):
            if at in pairs or place in taken or len(sent) * len(accepted) > PAIRS_MOST:
                continue
            score = _score(one, other, inclusion)
            if score > (ALIKE_LEAST if isinstance(one, Objects) else 0):
                scored.append((-score, at, place))
    for _, at, place in sorted(scored):
        if at not in pairs and place not in taken:
            pairs[at] = place
            taken.add(place)
    return (
        [(sent[at], accepted[pairs[at]]) for at in sorted(pairs)],
        [part for at, part in enumerate(sent) if at not in pairs],
        [part for place, part in enumerate(accepted) if place not in taken],
    )


def strange(one: Objects, other: Objects) -> bool:
    """Return whether two objects have hardly a member in common: less than a quarter of them all."""
    return 4 * len(one.members.keys() & other.members.keys()) < len(one.members.keys() | other.members.keys())


def _name(part: Part, inclusion: Inclusion) -> str | None:
    """Return the name of the schema that says a part; `None` where it is written in place."""
    place = inclusion.forms.nodes.place(part.origin) if part.origin >= 0 and isinstance(part, Objects) else ""
    return place if place.startswith("/components/schemas/") and place.count("/") == 3 else None


def _score(one: Part, other: Part, inclusion: Inclusion) -> float:
    """Return how much two parts have in common: 3 for equal ones, 0 for nothing."""
    match one, other:
        case Fixed(), Fixed():
            return 3.0 if one.text == other.text else 0.0
        case (Objects(), Objects()):
            if apart(inclusion.forms, one, other):
                return 0.0
            if _is_equal(one, other, inclusion):
                return 3.0
            names = one.members.keys() | other.members.keys()
            shared = one.members.keys() & other.members.keys()
            return 2.0 * len(shared) / len(names) if names else 1.0
        case (Lists(), Lists()):
            return 3.0 if _is_equal(one, other, inclusion) else 1.0
        case (Numbers() | Texts(), Numbers() | Texts()) if (one.values is None) != (other.values is None):
            return 0.0
    return 3.0 if one == other else 1.0 if type(one) is type(other) else 0.0


def _is_equal(one: Part, other: Part, inclusion: Inclusion) -> bool:
    if isinstance(one, Objects) and isinstance(other, Objects):
        if one.members.keys() != other.members.keys() or one.required != other.required:
            return False
        tags = [name for name in one.members if member(one, name) != member(other, name)]
        if not tags:
            return True
    return isinstance(inclusion.within(one, other), Included) and isinstance(inclusion.within(other, one), Included)
