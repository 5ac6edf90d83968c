"""What is word for word the same in both documents, all that it refers to included: nothing has to be decided there."""

import marshal
from collections.abc import Iterator, Mapping

from upheld.model import Json
from upheld.pointer import pointer

PLAIN = 2
"""The last version of the marshal format that does not tell which objects are the same one."""


class Sameness:
    """Tells which parts of two documents are the same."""

    def __init__(self, old: Mapping[str, Json], new: Mapping[str, Json]) -> None:
        """Compare the components of both: those that differ, and those that lead to one that does, are not the same."""
        self._known: dict[tuple[int, int], bool] = {}
        versions = [str(document.get("openapi", ""))[:3] for document in (old, new)]
        self._comparable = versions[0] == versions[1] or "3.0" not in versions
        before, after = _components(old), _components(new)
        equal = {name: one for name, one in before.items() if name in after and _is_equal(one, after[name])}
        leads = {name: set(references(one)) for name, one in equal.items()}
        self._same = set(equal)
        while differing := {name for name in self._same if not leads[name] <= self._same}:
            self._same -= differing

    def same(self, old: Json, new: Json) -> bool:
        """Return whether two parts are the same; the dialects of 3.0 and 3.1 read the same words differently."""
        if not self._comparable:
            return False
        key = (id(old), id(new))
        if key not in self._known:
            self._known[key] = _is_equal(old, new) and self._same.issuperset(references(old))
        return self._known[key]


def references(node: Json) -> Iterator[str]:
    """Yield every reference within a part of a document, schemas' names in a discriminator's mapping apart."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if type(part) is list:
            waiting += part
        elif type(part) is dict:
            if isinstance(reference := part.get("$ref"), str):
                yield reference
            waiting += part.values()


def _components(document: Mapping[str, Json]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    components = document.get("components")
    for kind, named in components.items() if isinstance(components, Mapping) else ():
        for name, part in named.items() if isinstance(named, Mapping) else ():
            found[f"#{pointer(('components', kind, name))}"] = part
    return found


def _is_equal(old: Json, new: Json) -> bool:
    # To Python, true is 1; the second look is the quickest that tells them apart.
    return bool(old == new) and marshal.dumps(old, PLAIN) == marshal.dumps(new, PLAIN)
