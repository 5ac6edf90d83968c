"""The only wiring: which stage hands what to which."""

from __future__ import annotations  # most records are needed by some commands alone

import contextlib
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from upheld import loading, masks, model, rules
from upheld.settings import Settings
from upheld.surroundings import surroundings

if TYPE_CHECKING:
    from upheld.changes import Selection
    from upheld.drive.drawer import Drawer
    from upheld.drive.fresh import Fresh
    from upheld.drive.network import Guard
    from upheld.drive.session import Session
    from upheld.findings import Findings
    from upheld.model import (
        Application,
        Case,
        Change,
        Comparison,
        Contract,
        Exchange,
        Finding,
        Json,
        Operation,
        Reading,
        Report,
        Request,
    )
    from upheld.tallies import Tallies

Progress = Callable[[int, int, str], None]
Mend = Callable[["Sequence[Case]", "Application"], "tuple[Finding, ...]"]
"""Gives findings their fixes; asked once, and only where there are findings."""


def check(
    target: str | None,
    settings: Settings,
    *,
    root: Path,
    progress: Progress | None = None,
    mend: Mend | None = None,
    shrinks: bool = True,
) -> Report:
    """Drive an app and compare its answers with its docs; `mend` says how to make them alike.

    Where the settings say so, its generated client then asks again what was asked.
    `shrinks` looks for the smallest request that shows a finding, and for whether it does so each time.

    `target` is `module:app` or a factory; `None` for the settings' own. What the app prints goes to standard error.
    Errors: UpheldError when the app cannot be loaded, started or signed in to.
    """
    from upheld.drive import corpus
    from upheld.drive.drawer import Drawer

    began = time.perf_counter()
    with surroundings(settings, root), Drawer(corpus.folder(root)) as drawer:
        return _checked(target, settings, root, drawer, progress, began, mend=mend, shrinks=shrinks)


def check_url(
    url: str, settings: Settings, *, root: Path, path: Path | None = None, progress: Progress | None = None
) -> Report:
    """Ask a running server and compare its answers with the docs; nothing inside it is seen, and no line is named.

    The docs are those in `path`, else in the settings' contract where that exists, else what the server has at
    `/openapi.json`.
    Errors: UpheldError when there are none, or the server cannot be reached, is lost or signs nobody in.
    """
    from upheld.drive import corpus
    from upheld.drive.drawer import Drawer

    began = time.perf_counter()
    with surroundings(settings, root), Drawer(corpus.folder(root)) as drawer:
        return _driven(loading.served(url, settings, root, path), settings, drawer, progress, began)


def _checked(
    target: str | None,
    settings: Settings,
    root: Path,
    drawer: Drawer,
    progress: Progress | None,
    began: float,
    *,
    mend: Mend | None,
    shrinks: bool,
) -> Report:
    from upheld.drive.inside import watched  # it takes long to import; the drawer has begun

    threads = set(threading.enumerate())
    random.seed(settings.seed)  # an app that draws lots draws the same ones each time
    with watched(settings.allow_hosts) as guard:
        application = loading.load(target, settings, root)
        begun = set(threading.enumerate()) - threads  # a copy would lack them
        options = {"copied": not begun, "shrinks": shrinks}
        return _driven(application, settings, drawer, progress, began, guard, mend=mend, **options)


def _driven(
    application: Application,
    settings: Settings,
    drawer: Drawer,
    progress: Progress | None,
    began: float,
    guard: Guard | None = None,
    *,
    mend: Mend | None = None,
    copied: bool = False,
    shrinks: bool = True,
) -> Report:
    from upheld.drive.fresh import Fresh
    from upheld.drive.rank import ranked
    from upheld.drive.reproduce import Reproducer
    from upheld.drive.rerun import Rerun
    from upheld.drive.session import Session, drawn
    from upheld.findings import Findings
    from upheld.hooks import Hooks
    from upheld.schema import Judge
    from upheld.tallies import Tallies

    contract = application.contract
    found = Findings(rules.load(), settings)
    tallies = Tallies(contract)
    requests = drawn(application, settings.seed, drawer.draw)  # first: they are drawn while the code is read
    operations = ranked(contract.operations)
    hooks = Hooks.load(settings.hooks, root=application.root) if settings.hooks is not None else None
    again = Rerun(application, settings, found.faults, hooks)
    copies = Fresh(again, forget=drawer.forget, first=lambda: _read(application, operations))
    with copies if copied else contextlib.nullcontext():
        readings = _readings(application, operations, copies) if guard is not None else {}
        random.seed(settings.seed)
        driving = time.perf_counter()
        with Session(application, settings, Judge.of(contract.document), requests, hooks, readings) as session:
            history = _drive(session, contract, found, tallies, progress, readings)
            tallies.require_a_way_in(application.url, settings)
            if guard is not None:
                found.place(session.trace)
                tallies.refused = guard.told(session.frames)
        learnt = session.sign_in.learnt
        reproducer = Reproducer(
            lambda script: copies.ask(replace(script, logins=learnt)), history, seconds=time.perf_counter() - driving
        )
        if copied and shrinks:
            found.reproduce(reproducer)
            tallies.not_repeated = reproducer.not_repeated
    if guard is not None:
        _place_written(found, application.root)
    trip = (
        _round_trip(application, settings, history, learnt, found)
        if settings.round_trip and guard is not None
        else None
    )
    mask = masks.mask(settings, tallies.tokens, session.secrets | reproducer.secrets)
    cases = found.cases(contract.operations, mask, application.url or masks.server(settings), history)
    return model.Report(
        app=contract.app,
        contract=contract,
        findings=mend(cases, application) if mend is not None and cases else tuple(case.finding for case in cases),
        notes=tallies.notes(mask),
        operations=tallies.operations(),
        responses=tallies.responses(),
        requests=session.requests,
        seconds=time.perf_counter() - began,
        seed=settings.seed,
        unseen=tallies.unseen(),
        trip=trip,
    )


def _round_trip(
    application: Application,
    settings: Settings,
    history: Sequence[Exchange],
    logins: tuple[Request, ...],
    found: Findings,
) -> model.RoundTrip:
    """Have the generated client ask again what was asked, and add what is wrong with it to the findings."""
    from upheld import trips

    trip, faults = trips.made(
        application, settings, history, logins, lambda exchange: {rule for rule, _ in found.faults(exchange)}
    )
    for fault, exchange in faults:
        found.blame("client-mismatch", fault, exchange)
    return trip


def export(target: str | None, settings: Settings, *, root: Path, out: Path | None) -> Path | str:
    """Write the app's canonical document to `out` (the settings' contract when `None`) and return where it is.

    `Path("-")` returns the text instead. Errors: UpheldError when the app cannot be loaded or the file not be written.
    """
    from upheld import contract, files

    text = contract.canonical(loading.document(target, settings, root))
    if out == Path("-"):
        return text
    path = root / (out or settings.contract)
    if not files.holds(path, text):
        files.write(path, text)
    return path.relative_to(root) if path.is_relative_to(root) else path


def stale(target: str | None, settings: Settings, *, root: Path, path: Path) -> Report:
    """Compare the committed document with what the app exports now; nothing is written.

    Errors: UpheldError when the app cannot be loaded, or the file is missing or no OpenAPI document.
    """
    from upheld import contract
    from upheld.findings import Findings

    began = time.perf_counter()
    document = loading.document(target, settings, root)
    found = Findings(rules.load(), settings)
    exported = contract.parse(document, app=target or settings.app or "")
    try:
        committed = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        committed = ""  # reading it as a contract says what is wrong
    if committed != contract.canonical(document):
        hook = rules.load()["stale-contract"].difference
        changes = contract.compare(contract.read(path), exported)
        for change in changes:
            for fault in hook(change) if hook is not None else ():
                found.add("stale-contract", fault, change.operation or "")
        if not changes:
            found.add(
                "stale-contract", model.Fault("is written differently", documented="#", observed=model.Kind.CHANGED)
            )
    return _project_report(exported, found, settings, began)


def client(*, root: Path, contract: Path, out: Path) -> list[Path]:
    """Write the client package of a contract; return the files written, relative to the project."""
    from upheld import client as generator

    _, files = _client(contract, out)
    generator.write(out, files)
    return [(out / name).relative_to(root) if out.is_relative_to(root) else out / name for name in sorted(files)]


def _client(path: Path, out: Path) -> tuple[Contract, dict[str, str]]:
    from upheld import client, contract

    read = contract.read(path)
    return read, client.generate(read, contract.canonical(read.document), name=out.name, source=path)


def stale_client(settings: Settings, *, contract: Path, out: Path) -> Report:
    """Compare the committed client with what its contract generates now; nothing is written."""
    from upheld import client as generator
    from upheld.findings import Findings

    began = time.perf_counter()
    found = Findings(rules.load(), settings)
    read, files = _client(contract, out)
    for difference in generator.stale(out, files):
        found.add("stale-client", model.Fault(f"{out.name}: {difference}", documented=str(difference)))
    return _project_report(read, found, settings, began)


def diff(
    old: str | None, new: str | None, settings: Settings, *, root: Path, selection: Selection, today: date
) -> Comparison:
    """Compare two versions of a contract, each a file, an app or `REVISION:path`; what is left out is our own.

    That is the committed contract for `new`, and for `old` the same file at the base.
    Errors: UpheldError where a side cannot be read, or the base cannot be told.
    """
    from upheld import approvals, changes, versions
    from upheld.diff import compare

    with versions.unburdened():
        pair = versions.pair(old, new, settings, root=root)
        if pair.old is None:
            return model.Comparison(old=None, new=pair.new.name, changes=(), remarks=pair.remarks)
        found = changes.weighed(compare(pair.old.document, pair.new.document, settings.diff), settings)
    told, remarks = approvals.apply(found, approvals.read(_approvals(settings, root)), today)
    return model.Comparison(
        old=pair.old.name, new=pair.new.name, changes=selection(told), remarks=(*pair.remarks, *remarks)
    )


def approve(failing: Sequence[Change], settings: Settings, *, root: Path, reason: str, expires: date) -> Path:
    """Write approvals of some changes and return where they are. Errors: UpheldError where that cannot be done."""
    from upheld import approvals

    path = _approvals(settings, root)
    approvals.add(path, [approvals.approved(change, reason=reason, expires=expires) for change in failing])
    return path.relative_to(root) if path.is_relative_to(root) else path


def changelog(settings: Settings, *, root: Path) -> str:
    """Return the changelog of the committed contract, from its git history.

    Errors: UpheldError without a repository or its whole history, and where the working tree's contract is broken.
    """
    from upheld import changes, versions
    from upheld.changelog import chronicle
    from upheld.diff import compare

    def compared(old: Mapping[str, Json], new: Mapping[str, Json]) -> tuple[Change, ...]:
        return changes.weighed(compare(old, new, settings.diff), settings)

    return chronicle(versions.entries(settings, compared, root=root))


def _approvals(settings: Settings, root: Path) -> Path:
    from upheld import approvals

    return (root / settings.contract).parent / approvals.NAME


def _project_report(contract: Contract, found: Findings, settings: Settings, began: float) -> Report:
    from upheld.witness import LOCAL_SERVER, Mask

    return model.Report(
        app=contract.app,
        contract=contract,
        findings=found.finished(contract.operations, Mask(), LOCAL_SERVER),
        notes=(),
        operations=model.Tally(documented=len(contract.operations), seen=0),
        responses=model.Tally(documented=sum(len(operation.responses) for operation in contract.operations), seen=0),
        requests=0,
        seconds=time.perf_counter() - began,
        seed=settings.seed,
    )


def _drive(
    session: Session,
    contract: Contract,
    found: Findings,
    tallies: Tallies,
    progress: Progress | None,
    readings: Mapping[str, Reading],
) -> list[Exchange]:
    """Send everything that is planned and have it judged; return it all in the order sent."""
    history: list[Exchange] = []
    exchanges: dict[str, list[Exchange]] = {operation.label: [] for operation in contract.operations}
    judged: set[str] = set()
    for exchange in session.exchanges():
        label = exchange.operation.label
        if progress is not None and label not in judged:
            progress(len(judged), len(contract.operations), label)
        judged.add(label)
        tallies.add(exchange)
        history.append(exchange)
        exchanges[label].append(exchange)
        if exchange.seen.quirk is None:
            found.judge(exchange)
    for operation in contract.operations:
        found.judge_operation(operation, readings.get(operation.label, model.Reading()), exchanges[operation.label])
    return history


def _read(application: Application, operations: Sequence[Operation]) -> Iterator[tuple[str, Reading]]:
    from upheld import source

    return source.read(application, operations)


def _readings(
    application: Application, operations: Sequence[Operation], copies: Fresh[Any, Any]
) -> Mapping[str, Reading]:
    """Return what is read in the code: in a copy of this process while the app is driven, where there is one."""
    from upheld import source

    return source.Readings(application, operations, copies.told())


def _place_written(found: Findings, root: Path) -> None:
    from upheld import source

    found.place_examples(lambda example: source.shown(example.value, root))
    found.place_missing(lambda operation: source.mention(operation.path, root))
