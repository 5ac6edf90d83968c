"""What an expression of the app's code can stand for, while it is read and not run."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from upheld.model import Location, Where


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """An object that is there: a constant, a function, a table of the imported app."""

    value: Any
    state: bool = False
    """Whether it is something that requests may change, so that nothing follows from what it is now."""
    annotation: Any = None
    """The type of the name that it was found by, of a store that is empty now."""


@dataclass(frozen=True, slots=True, eq=False)
class Input:
    """A member of the request."""

    where: Where
    annotation: Any = None
    """The type that the app gets it as; `None` where anything may come."""
    optional: bool = False
    """Whether `None` stands for its absence."""


@dataclass(frozen=True, slots=True, eq=False)
class Op:
    """Something computed of members of the request: `name` is a key of `operations.OPERATIONS`."""

    name: str
    args: tuple["Value", ...]


@dataclass(slots=True, eq=False)
class Thing:
    """An object that the code made, or one of which only the class is known."""

    cls: type
    fields: dict[str, "Value"] = field(default_factory=dict)
    made: bool = True
    """Whether it was made by the code that was read, so that its fields are all there are."""
    place: Location | None = None
    """The line that made it."""


@dataclass(slots=True, eq=False)
class Display:
    """A list, tuple, set or dict with parts that are not all known."""

    kind: str
    items: list["Value"]
    """For a dict, keys and values in turn."""
    whole: bool = True
    """Whether these are all its parts."""


@dataclass(slots=True, eq=False)
class Closure:
    """A function that was defined inside another, or a lambda."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    scope: "Scope"
    defaults: Mapping[str, "Value"]


@dataclass(slots=True, eq=False)
class Bound:
    """A method with the object that it was taken from."""

    function: "Value"
    this: "Value"


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """Anything."""

    foreign: bool = True
    """Whether it came from a library, so that no line of the app is behind it."""


@dataclass(slots=True, eq=False)
class Special:
    """Something of the framework's that is modelled by its name: the request, its headers, `call_next`."""

    name: str
    payload: Any = None


Value: TypeAlias = Known | Input | Op | Thing | Display | Closure | Bound | Unknown | Special
Args: TypeAlias = list[Value]
Kwargs: TypeAlias = dict[str, Value]

FOREIGN, LOST = Unknown(foreign=True), Unknown(foreign=False)
NONE, TRUE, FALSE = Known(None), Known(value=True), Known(value=False)


@dataclass(slots=True, eq=False)
class Scope:
    """The names that a function sees, and how it is being run."""

    globals: Mapping[str, Any]
    file: str
    qualname: str = ""
    names: dict[str, Value] = field(default_factory=dict)
    outer: "Scope | None" = None
    owner: type | None = None
    """The class that a method is defined in, for `super()`."""
    depth: int = 0
    waits: bool = False
    """Whether it runs on the event loop, where nothing may block."""
    yielded: Display | None = None
    """What a generator has yielded, where it is run to its end."""
    pauses: bool = False
    """Whether a generator that is called from here stops at its first `yield`."""
    borrowed: set[str] = field(default_factory=set)
    """The names that are those of the scope around it."""
