"""Whether two parts have nothing in common, as far as that can be read off: what makes a `oneOf` an `anyOf`."""

from typing import TYPE_CHECKING

from upheld.diff.forms import All, Form, Lists, Objects, Part, Texts, kind_of
from upheld.diff.meeting import meet, member
from upheld.diff.nodes import UnderWayError

if TYPE_CHECKING:
    from upheld.diff.normal import Forms


def apart(forms: "Forms", one: Part, other: Part, depth: int = 0) -> bool:
    """Return whether no value is in both parts, as far as bounds, listed values and required members say."""
    if kind_of(one) is not kind_of(other):
        return True
    common = meet(Form((one,)), Form((other,)), forms.holds)
    if not common.parts:
        return True
    found = common.parts[0]
    if depth > 3:
        return False
    if isinstance(found, Objects):
        return any(_hollow(forms, member(found, name), depth) for name in sorted(found.required))
    if isinstance(found, Lists):
        return any(_hollow(forms, found.item(at), depth) for at in range(min(found.low, len(found.prefix) + 1)))
    return False


def _hollow(forms: "Forms", condition: All, depth: int) -> bool:
    """Whether nodes that all apply, each of which may be satisfiable, are not so together."""
    try:
        if forms.nodes.never[0] in condition or not forms.form(condition).parts:
            return True
        if len(condition) < 2:
            return False
        one, rest = forms.form(condition[:1]), forms.form(condition[1:])
    except UnderWayError:  # it is recursive, and the union that is asked about stands above
        return False
    return all(apart(forms, part, other, depth + 1) for part in one.parts for other in rest.parts)


def told_apart(forms: "Forms", alternatives: list[Form]) -> bool:
    """Whether all forms are objects that one member tells apart, quickly: pairs take long where there are many."""
    parts = [form.parts[0] for form in alternatives if len(form.parts) == 1]
    objects = [part for part in parts if isinstance(part, Objects)]
    if len(objects) < len(alternatives):
        return False
    for name in sorted(frozenset.intersection(*(part.required for part in objects))):
        values = [listed_texts(forms, member(part, name)) for part in objects]
        if all(values) and sum(map(len, values)) == len(frozenset[str]().union(*values)):
            return True
    return False


def listed_texts(forms: "Forms", condition: All) -> frozenset[str]:
    """Return the texts that are all that a condition accepts; none where it is not just a list of texts."""
    try:
        parts = forms.form(condition).parts
    except UnderWayError:
        return frozenset()
    values = [part.values for part in parts if isinstance(part, Texts) and part.values is not None]
    return frozenset[str]().union(*values) if len(values) == len(parts) else frozenset()
