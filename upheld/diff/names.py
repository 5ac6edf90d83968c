"""What to call the parts of a union: by the schema that says them, the values that they list, or their type."""

from collections.abc import Sequence

from upheld.diff.forms import Fixed, Numbers, Objects, Part, Texts
from upheld.diff.leaf import MADE_UP, described, listing, type_name
from upheld.diff.meeting import member
from upheld.diff.normal import Forms
from upheld.pointer import unescaped


class Names:
    """Names parts."""

    def __init__(self, forms: Forms) -> None:
        """Take the forms of schemas."""
        self._forms = forms

    def of(self, part: Part, others: Sequence[Part], union: str | None) -> str:
        """Return what to call a part of a union, which a pointer leads to.

        Where another one is called likewise, or the union itself is, the values are told that tell it from the others.
        """
        if isinstance(part, Fixed):
            return part.text
        if isinstance(part, Numbers | Texts) and part.values is not None:
            return listing(part.values)
        name = self._schema(part)
        if name and (union or "").endswith(f"/components/schemas/{name}"):
            name = ""
        if name and name not in map(self._schema, others):
            return unescaped(name)
        tags = self._tags(part) if isinstance(part, Objects) else ""
        return f"{unescaped(name) or type_name(part)} ({tags})" if tags else unescaped(name) or described(part)

    def _schema(self, part: Part) -> str:
        """Return the name of the schema that says a part; "" where it is written in place, or its name is made up."""
        _, _, name = self._forms.nodes.place(part.origin).partition("/components/schemas/")
        return "" if "/" in name or name.startswith(MADE_UP) else name

    def _tags(self, part: Objects) -> str:
        """Return the members that have to be there with one of the values that are listed."""
        found = []
        for name in sorted(part.required):
            parts = self._forms.form(member(part, name)).parts
            if len(parts) == 1 and isinstance(parts[0], Numbers | Texts) and parts[0].values is not None:
                found.append(f"{name} {listing(parts[0].values)}")
        return ", ".join(found)
