"""The versions of a contract that are compared: read from wherever they are."""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, assert_never

from upheld import contract
from upheld.dialect import METHODS
from upheld.model import Change, Entry, Json, UpheldError
from upheld.settings import Settings
from upheld.surroundings import surroundings
from upheld.wording import counted

Compared: TypeAlias = Callable[[Mapping[str, Json], Mapping[str, Json]], tuple[Change, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a contract."""

    name: str
    """What it was read from, as people write it."""
    document: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What is compared with what."""

    old: Version | None
    """`None` where there is nothing to compare with."""
    new: Version
    remarks: tuple[str, ...] = ()


def pair(old: str | None, new: str | None, settings: Settings, *, root: Path) -> Pair:
    """Read both sides; what is not named is the committed contract, and that at the base.

    Errors: UpheldError where a side cannot be read, or the base cannot be told.
    """
    if old is not None and new is not None:
        return Pair(old=read(old, settings, root=root), new=read(new, settings, root=root))
    own = Version(
        name=settings.contract, document=_valid(contract.document(root / settings.contract), settings.contract)
    )
    if old is not None:
        return Pair(old=read(old, settings, root=root), new=own)
    if not (root / settings.contract).resolve().is_relative_to(root.resolve()):
        raise UpheldError(
            f"tool.upheld.contract = {settings.contract!r}: leads out of the project, expected a file that its "
            "base has, too; name both sides"
        )
    base = contract.base(settings.base, path=Path(settings.contract).as_posix(), root=root)
    if base.revision is None:
        return Pair(old=None, new=own, remarks=(base.told,))
    return Pair(old=read(f"{base.revision}:{settings.contract}", settings, root=root), new=own, remarks=(base.told,))


def read(text: str, settings: Settings, *, root: Path) -> Version:
    """Read one side: a file, `module:app` or `REVISION:path`. Errors: UpheldError where it cannot be read."""
    found = contract.origin(text, root=root)
    match found:
        case contract.InFile():
            return Version(name=text, document=_valid(contract.document(found.path), text))
        case contract.InRevision():
            return Version(name=text, document=_shown(found.revision, found.path, root))
        case contract.InApp():
            with surroundings(settings, root):
                return Version(name=text, document=contract.load(found.target, root=root).contract.document)
    assert_never(found)


def entries(settings: Settings, compared: Compared, *, root: Path) -> Iterator[Entry]:
    """Yield what became of the committed contract, what is not committed yet first, then the newest.

    Each is compared with the nearest version before it that can be read.
    Errors: UpheldError without a repository or its whole history, or where the working tree's contract is broken.
    """
    path = Path(settings.contract).as_posix()
    past = contract.history(path, root=root)
    if not past.commits and not past.modified:
        contract.document(root / path)  # which says that it is not there
    made: list[Entry] = []
    before: Version | None = None
    for commit in reversed(past.commits):
        told = {"day": commit.day, "commit": commit.name, "subject": commit.subject}
        try:
            after = Version(name=commit.name, document=_shown(commit.name, path, root))
            made.append(_entry(before, after, compared, **told))
        except UpheldError as error:
            made.append(Entry(**told, changes=None, told=f"This version cannot be read: {error}."))
        else:
            before = after
    if past.modified:
        own = Version(name=path, document=_valid(contract.document(root / path), path))
        made.append(_entry(before, own, compared, day="", commit="", subject="Unreleased"))
    yield from reversed(made)


def _entry(
    before: Version | None,
    after: Version,
    compared: Compared,
    *,
    day: str,
    commit: str,
    subject: str,
) -> Entry:
    if before is None:
        paths = after.document.get("paths") or {}
        number = sum(len(item.keys() & METHODS) for item in paths.values() if isinstance(item, Mapping))
        first = f"The first contract, {counted(number, 'operation')}."
        return Entry(day=day, commit=commit, subject=subject, changes=None, told=first)
    return Entry(day=day, commit=commit, subject=subject, changes=compared(before.document, after.document))


def _shown(revision: str, path: str, root: Path) -> Mapping[str, Json]:
    name = f"{revision}:{path}"
    return _valid(contract.written(contract.shown(revision, path, root=root), name), name)


def _valid(document: Mapping[str, Json], name: str) -> Mapping[str, Json]:
    contract.validate_quickly(document, name)
    return document


@contextmanager
def unburdened() -> Iterator[None]:
    """Look for no garbage meanwhile: two documents are a million objects, and none of them is any.

    Errors: UpheldError for what is nested more deeply than Python follows.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    except RecursionError as error:
        raise UpheldError(
            "the documents are nested more deeply than can be compared, expected fewer levels; name less deep ones"
        ) from error
    finally:
        gc.freeze()  # nor afterwards
        if running:
            gc.enable()
