"""Names of a document as names of Python: valid, unique, and the same whatever else the document holds.

A name that is plain already keeps itself, so that it does not depend on which other names there are; only names that
would be the same get a number, in the order of their originals.
"""

import builtins
import keyword
import re
from collections.abc import Iterable
from enum import StrEnum
from unicodedata import normalize

from pydantic import BaseModel

_MODULE_NAMES = frozenset(
    {
        "AliasChoices", "Annotated", "Any", "AwareDatetime", "BaseModel", "ConfigDict", "Decimal", "Enum", "Field",
        "IntEnum", "List", "Dict", "Literal", "Optional", "Never", "RootModel", "StrEnum", "TypeAlias",
        "TypeAliasType", "UUID", "Union", "Date", "Time", "Timedelta",
    }
)  # fmt: skip
"""What the module of the models imports or may come to import: a class of that name would take its place."""

_RESERVED = _MODULE_NAMES | frozenset(dir(builtins)) | frozenset(keyword.kwlist) | frozenset(keyword.softkwlist)


def class_names(names: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Return a class name for each name of a component.

    Shapes: `Page[Book]` and `Page_Book_` are `PageBook`, `shop.Book` is `ShopBook`, `2x` is `Model2x`, `Field` is
    `FieldModel`. No two are alike when case is ignored: files and people do not tell such apart.
    """
    wanted = {name: class_name(name) for name in names}
    used = {name.casefold() for name in taken}
    made: dict[str, str] = {}
    # Those that are called as they are come first: a newcomer that only cleans to their name does not take it away.
    for name in sorted(wanted, key=lambda one: (wanted[one] != one, one)):
        made[name] = free(wanted[name], used)
    return {name: made[name] for name in wanted}


def class_name(name: str) -> str:
    """Return one name as a class name, without a look at others."""
    parts = re.split(r"[\W_]+", normalize("NFKC", name))
    joined = "".join(part[0].upper() + part[1:] for part in parts if part)
    if not joined:
        joined = "Model"
    elif not joined.isidentifier():
        joined = f"Model{joined}"
    if not joined.isidentifier():  # what `\w` takes and Python does not, such as a superscript
        joined = "".join(char for char in joined if f"A{char}".isidentifier())
    return f"{joined}Model" if joined in _RESERVED else joined


def member_names(names: Iterable[str]) -> dict[str, str]:
    """Return the names in Python of those members of one object that cannot go by their own.

    Shapes: `a-b` is `a_b`, or `a_b_2` beside a member that is called so; `_links` is `field_links`, `class` is
    `class_`.
    """
    all_names = list(names)
    odd = [name for name in all_names if not _is_member(name)]
    used = {name for name in all_names if _is_member(name)}
    return {name: _free_member(member_name(name), used) for name in sorted(odd)}


def member_name(name: str) -> str:
    """Return one name as that of a member, without a look at others."""
    if _is_member(name):
        return name
    made = _cleaned(name)
    if made.startswith(_PROTECTED):
        return f"field_{made}"
    return f"{made}_" if keyword.iskeyword(made) or hasattr(BaseModel, made) or made in _SHADOWED else made


def _cleaned(name: str) -> str:
    made = re.sub(r"\W", "_", normalize("NFKC", name))
    if not f"a{made}".isidentifier():
        made = "".join(char if f"a{char}".isidentifier() else "_" for char in made)
    if not made or made[0] == "_" or not made.isidentifier():
        made = f"field{'' if made.startswith('_') else '_'}{made}"
    return made


_SHADOWED = frozenset({"bool", "bytes", "dict", "float", "int", "list", "object", "set", "str", "tuple"})
"""Builtin types: a member of that name would stand in their place in the annotations of the others."""
_PROTECTED = ("model_dump", "model_validate")
"""Pydantic warns of members whose names begin like its methods."""


def enum_names(values: Iterable[str]) -> list[str]:
    """Return the names in Python of the texts of an enum, in their order: `dark-blue` is `dark_blue`, `""` is `field_`.

    A text that is a method of every text, or of enums, gets another name, or it would take that one's place.
    """
    texts = list(values)
    used = {text for text in texts if _is_enum_member(text)}
    names = {text: _free_member(_enum_member(text), used) for text in texts if not _is_enum_member(text)}
    return [names.get(text, text) for text in texts]


_OF_ENUMS = frozenset(dir(str)) | frozenset(dir(StrEnum)) | {"mro", "name", "value"}


def _is_enum_member(text: str) -> bool:
    return _is_plain(text) and text not in _OF_ENUMS


def _enum_member(text: str) -> str:
    made = _cleaned(text)
    return f"{made}_" if keyword.iskeyword(made) or made in _OF_ENUMS else made


def _is_member(name: str) -> bool:
    taken = hasattr(BaseModel, name) or name in _SHADOWED or name.startswith(_PROTECTED)
    return _is_plain(name) and not taken


def _is_plain(name: str) -> bool:
    valid = name.isidentifier() and name[0] != "_" and normalize("NFKC", name) == name
    return valid and not keyword.iskeyword(name)


def _free_member(wanted: str, used: set[str]) -> str:
    name, number = wanted, 1
    while name in used:
        number += 1
        name = f"{wanted.rstrip('_')}_{number}"
    used.add(name)
    return name


def free(wanted: str, used: set[str]) -> str:
    """Return a name with the lowest number that makes it unlike those used, and note it among them."""
    name, number = wanted, 1
    while name.casefold() in used:
        number += 1
        name = f"{wanted}{'_' if wanted[-1].isdigit() else ''}{number}"
    used.add(name.casefold())
    return name
