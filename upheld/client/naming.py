"""Names in the client: of methods, arguments and classes, each one that Python takes and nothing else has."""

import builtins
import keyword
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable

OWN = frozenset({"capture", "close", "sign_in", "sign_out", "with_options"})
"""What the client is able to do whatever its contract says."""
SHADOWS = frozenset(dir(builtins)) | {"date", "errors", "models", "time", "timedelta"}
"""Names of types and modules: a method of such a name would stand for it in the annotations below."""

_DEFAULT_ID = re.compile(r"\W")


def snake(text: str, otherwise: str) -> str:
    """Return a name such as `list_books` for `listBooks`, `list-books` and `List Books`.

    `otherwise` stands where nothing is left, and before what may not begin a name.
    """
    # `OAuth` is a word of its own, though it is written as two.
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", text.replace("OAuth", "Oauth"))
    name = re.sub(r"_+", "_", _cleaned(spaced)).strip("_").lower()
    if not name:
        return otherwise
    if not name.isidentifier():
        name = f"{otherwise}_{name}"
    return f"{name}_" if keyword.iskeyword(name) else name


def pascal(text: str, otherwise: str) -> str:
    """Return a name such as `ListBooks`."""
    return "".join(part[:1].upper() + part[1:] for part in snake(text, otherwise).split("_"))


def _cleaned(text: str) -> str:
    """Return a text with everything that no name holds replaced; Python itself reads names in this normal form."""
    whole = unicodedata.normalize("NFKC", text)
    return unicodedata.normalize("NFKC", "".join(one if f"a{one}".isidentifier() else "_" for one in whole))


def free(name: str, taken: Collection[str], variants: Iterable[str] = ()) -> str:
    """Return a name that nothing has yet: itself, one of its variants, or itself with a number."""
    for variant in (name, *variants):
        if variant not in taken:
            return variant
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def method_names(operations: Iterable[tuple[str, str, str | None]]) -> list[str]:
    """Return a name for each operation, told by its method, path and id; the same whatever stands beside it, if it can.

    That is its id, less what FastAPI adds to a function's name by default; the whole id where two would have one name;
    method and path where there is no id, or where that helps.
    """
    whole = list(operations)
    ways: tuple[Callable[[str, str, str | None], str], ...] = (_function, _identity, _address)
    names = [ways[0](*one) for one in whole]
    for way in ways[1:]:
        twice = {name for name in names if names.count(name) > 1}
        names = [way(*one) if name in twice else name for one, name in zip(whole, names, strict=True)]
    taken: set[str] = set(OWN | SHADOWS)
    found = []
    for name in names:
        found.append(free(name, taken, (f"{name}_",)))
        taken.add(found[-1])
    return found


def _function(method: str, path: str, identity: str | None) -> str:
    if not identity:
        return _address(method, path, identity)
    # `generate_unique_id` of FastAPI: name, path and one of the route's methods.
    spelled = _DEFAULT_ID.sub("_", path)
    cut = re.sub(rf"{re.escape(spelled)}_(get|put|post|delete|options|head|patch|trace)$", "", identity)
    return snake(cut or identity, "call")


def _identity(method: str, path: str, identity: str | None) -> str:
    return snake(identity, "call") if identity else _address(method, path, identity)


def _address(method: str, path: str, identity: str | None) -> str:
    del identity
    return snake(f"{method.lower()}_{path}", "call")
