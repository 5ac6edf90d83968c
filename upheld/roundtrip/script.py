"""What a trial is told and what it tells, as JSON: it runs in a process of its own."""

import types
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter

from upheld.model import Request
from upheld.settings import Settings

T = TypeVar("T")


class Mode(StrEnum):
    """How the app is reached, and by which of the two clients."""

    PROCESS_ASYNC = "in process, async"
    PROCESS_SYNC = "in process, sync"
    HTTP_ASYNC = "over HTTP, async"
    HTTP_SYNC = "over HTTP, sync"

    @property
    def is_http(self) -> bool:
        """Whether a server is started and called by its address."""
        return self in (Mode.HTTP_ASYNC, Mode.HTTP_SYNC)

    @property
    def is_async(self) -> bool:
        """Whether the client that does not wait is asked."""
        return self in (Mode.PROCESS_ASYNC, Mode.HTTP_ASYNC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A value of a request that an earlier answer gave out, and which may be another one this time."""

    where: tuple[str | int, ...]
    """`("path", "book_id")`, `("query", "book_id")` or `("body", "lines", 0, "book_id")`."""
    producer: int
    """The place of the step that was answered with it."""
    pointer: tuple[str | int, ...]
    """Where it stands in the answer's JSON, or in its header."""
    in_header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What an app answered."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One request of a script, as the check sent it, and its answer then."""

    label: str
    """Its operation's."""
    request: Request
    answered: Answered
    """Without headers and body where they are not needed."""
    valid: bool = True
    """Whether the docs call it valid."""
    needed: bool = False
    """Whether others may need it; else it is left out once another has been answered likewise."""
    items: int | None = None
    """How many items of an answer without end were seen; `None` for one that ended."""
    undocumented: tuple[tuple[str | int, ...], ...] = ()
    """Members of its JSON body that the docs do not name."""
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """All that trials have to know."""

    modes: tuple[Mode, ...]
    """One trial is made for each."""
    app: str
    root: str
    client: str
    """The folder of the generated package."""
    settings: Settings
    steps: tuple[Step, ...]
    """To be sent in this order to an app that nobody has asked anything yet."""
    spares: tuple[Step, ...] = ()
    """To be said by the client that waits, and answered as then, without an app."""
    logins: tuple[Request, ...] = ()
    """What signs in, where that was learnt from answers."""


class Way(StrEnum):
    """How much of a request the client said."""

    CALLED = "called"
    """All: its method was called, with values of the annotated types where the docs call the request valid."""
    HANDED = "handed"
    """Nothing: a request that breaks the docs and no argument can say went through what follows the method."""
    LEFT_OUT = "left out"
    """Nothing was asked: what it is to show was met already."""


class Failing(StrEnum):
    """What is wrong with a client."""

    SENDS = "sends"
    """It cannot say a request that the docs call valid, or says something else."""
    TYPES = "types"
    """It does not type a documented answer as it promises to."""
    UNDOCUMENTED = "undocumented"
    """The app answered what nobody documented."""
    RAISES = "raises"
    """It raised something that it does not promise to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One thing that went wrong."""

    kind: Failing
    message: str
    status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of one step."""

    status: int
    """0 where no answer came, or none was asked for."""
    way: Way
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a trial."""

    mode: Mode
    told: tuple[Told, ...]
    """Of each step."""
    spares: tuple[tuple[int, Failure], ...] = ()
    """Of those spares, by their place, that went wrong."""
    places: Mapping[str, tuple[str, int, str]] = field(default_factory=dict)
    """By label, the method's file, its line, and the code there."""


_CONFIG = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of an errand."""

    outcomes: tuple[Outcome, ...] = ()
    problem: str = ""
    """Why a trial could not be made, in one line; "" where all were."""


def packed(value: Errand | Outcome | Report) -> bytes:
    """Return a record as JSON."""
    return _adapter(type(value)).dump_json((value,))


def unpacked(raw: bytes, kind: type[T]) -> T:
    """Return the record that a JSON text holds. Errors: ValueError where it holds none."""
    found: tuple[T] = _adapter(kind).validate_json(raw)
    return found[0]


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    # Around a record, since one by itself takes its settings from nobody.
    around: Any = types.GenericAlias(tuple, (kind,))
    return TypeAdapter(around, config=_CONFIG)
