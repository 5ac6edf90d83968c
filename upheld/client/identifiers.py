"""Names of a document as names of Python: valid, unique, and the same whatever else the document holds.

A name that is plain already keeps itself, so that it does not depend on which other names there are; only names that
would be the same get a number, in the order of their originals.
"""

import builtins
import keyword
import re
from collections.abc import Iterable
from unicodedata import normalize

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


def free(wanted: str, used: set[str]) -> str:
    """Return a name with the lowest number that makes it unlike those used, and note it among them."""
    name, number = wanted, 1
    while name.casefold() in used:
        number += 1
        name = f"{wanted}{'_' if wanted[-1].isdigit() else ''}{number}"
    used.add(name.casefold())
    return name
