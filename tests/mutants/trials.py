"""Checks an app under other documents than its own, each check in a process of its own that has imported everything.

What a check imports takes longer than a check, so one process imports it once and is forked for each document. A check
ends as soon as it has found something about each operation that is asked about.
"""

import gc
import importlib
import json
import os
import resource
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.lies import scoring
from upheld import settings
from upheld.drive import corpus, drawer, generate
from upheld.findings import Findings
from upheld.model import Exchange, Json, Level, Request

WRITTEN = "UPHELD_WRITTEN"
"""The environment variable that names the document to put in place of the app's own."""
CUSTOM = f'''

if __import__("os").environ.get("{WRITTEN}"):
    app.openapi = lambda: __import__("json").load(open(__import__("os").environ["{WRITTEN}"], encoding="utf-8"))
'''
"""What a copied app ends with: a custom `openapi()` as users write it."""
_SMALL = """
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()
class Thing(BaseModel):
    size: int
@app.post("/things/{name}")
def put(name: str, thing: Thing) -> Thing: return thing
"""
PATIENCE_CPU_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An honest app in a folder of its own."""

    name: str
    root: Path
    target: str


Asked = tuple[Subject, Json, frozenset[str]]
"""An app, the document to check it under, `None` for its own, and the operations that a finding is looked for at.

Where there are none, the check goes on to its end.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a check under one document gave."""

    findings: tuple[tuple[str, str], ...] = ()
    """Rule and operation of each error and warning."""
    document: Json = None
    """What the app said of itself, where it was asked under its own document."""
    failure: str = ""
    """Why there was no report."""


def subjects(folder: Path, words: Sequence[str] = ()) -> list[Subject]:
    """Copy the honest apps whose names hold one of the words, and the service, below a folder."""
    found = []
    for app in scoring.apps():
        if app.parent.name == "honest":
            own = scoring.copied(app, folder)
            with (own / app.name).open("a", encoding="utf-8") as text:
                text.write(CUSTOM)
            found.append(Subject(name=app.stem, root=own, target=f"{app.stem}:app"))
    own = folder / "bookshop"
    shutil.copytree(scoring.ROOT / "service", own / "service", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(scoring.ROOT / "pyproject.toml", own)
    with (own / "service" / "app.py").open("a", encoding="utf-8") as text:
        text.write(CUSTOM)
    found.append(Subject(name="service", root=own, target="service.app:app"))
    return [one for one in found if not words or any(word in one.name for word in words)]


class Trials:
    """Runs checks, so many at a time; use as a context manager."""

    def __init__(self, at_once: int | None = None) -> None:
        """Take how many; as many as there are processors without a number."""
        self._at_once = at_once or len(os.sched_getaffinity(0))
        self._home = tempfile.TemporaryDirectory(prefix="upheld-")

    def __enter__(self) -> Self:
        from upheld import contract, rules, run, source  # noqa: F401, PLC0415 - imported once, here

        rules.load()
        from upheld.drive import fresh, inside, reproduce, rerun, session, watch  # noqa: F401, PLC0415

        generate.prepare(Path(self._home.name))
        self._import_what_a_check_does()
        gc.collect()
        gc.freeze()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._home.cleanup()

    def _import_what_a_check_does(self) -> None:
        """Import what a check of a small app imports on its way; it is checked in a process that only says what."""
        folder = Path(self._home.name, "small")
        folder.mkdir()
        (folder / "small.py").write_text(_SMALL, encoding="utf-8")
        small, names = Subject(name="small", root=folder, target="small:app"), folder / "names"
        known = set(sys.modules)

        def check() -> None:
            _check(small, None, frozenset(), folder / "outcome")
            names.write_text("\n".join(sorted(set(sys.modules) - known - {"small"})), encoding="utf-8")

        os.waitpid(_forked(check), 0)
        for name in names.read_text(encoding="utf-8").split():
            with suppress(ImportError):  # what compiled modules make in `sys.modules` is in no file
                importlib.import_module(name)

    def run(self, asked: Iterable[Asked]) -> Iterator[Outcome]:
        """Check each subject under each document; yield the outcomes in the order asked."""
        results = Path(self._home.name, "results")
        shutil.rmtree(results, ignore_errors=True)
        results.mkdir()
        running: dict[int, int] = {}
        done: set[int] = set()
        shown = count = 0
        for subject, document, wanted in asked:
            while len(running) >= self._at_once:
                pid, _ = os.wait()
                done.add(running.pop(pid))
            running[_forked(lambda: _check(subject, document, wanted, results / f"{count}.json"))] = count  # noqa: B023
            count += 1
            while shown in done:
                yield _outcome(results / f"{shown}.json")
                shown += 1
        while running:
            pid, _ = os.wait()
            done.add(running.pop(pid))
        yield from (_outcome(results / f"{number}.json") for number in range(shown, count))


def _forked(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE_CPU_S, PATIENCE_CPU_S))
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            work()
            code = 0
        finally:
            os._exit(code)
    return pid


def _check(subject: Subject, document: Json, wanted: frozenset[str], out: Path) -> None:
    try:
        outcome = _checked(subject, document, wanted, out)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
        outcome = {"failure": f"{error!r}\n{traceback.format_exc()}"}
    out.write_text(json.dumps(outcome), encoding="utf-8")


def _checked(subject: Subject, document: Json, wanted: frozenset[str], out: Path) -> dict[str, Json]:
    from upheld import run  # noqa: PLC0415

    if document is not None:
        written = out.with_suffix(".document")
        written.write_text(json.dumps(document), encoding="utf-8")
        os.environ[WRITTEN] = f"{written}"
    os.chdir(subject.root)
    drawer.Drawer = _Here  # type: ignore[assignment,misc]  # draws in this process, which has imported what it takes
    Findings.reproduce = _as_found  # type: ignore[assignment,method-assign]  # that there is one is all that counts
    if wanted:
        Findings.judge = _until(wanted)  # type: ignore[assignment,method-assign]
    try:
        report = run.check(subject.target, settings.read(subject.root), root=subject.root)
    except _Enough as enough:
        return {"findings": enough.findings}
    found = [(one.rule, one.operation) for one in report.findings if one.level in {Level.ERROR, Level.WARNING}]
    return {"findings": found, "document": report.contract.document if document is None else None}


class _Enough(BaseException):
    """Something was found about each operation asked about."""

    def __init__(self, findings: list[tuple[str, str]]) -> None:
        super().__init__()
        self.findings = findings


def _until(wanted: frozenset[str]) -> Callable[[Findings, Exchange], None]:
    """Return what judges an exchange, and ends the check once there is enough."""
    from upheld import rules  # noqa: PLC0415

    levels = {name: rule.level for name, rule in rules.load().items()}
    judge, told = Findings.judge, dict[str, str]()

    def judged(found: Findings, exchange: Exchange) -> None:
        judge(found, exchange)
        label = exchange.operation.label
        if label in wanted and label not in told:
            for rule, fault in found.faults(exchange):
                counts = (fault.level or levels[rule]) in {Level.ERROR, Level.WARNING}
                if counts and not fault.leaf:  # what has a leaf is told at one operation of many
                    told[label] = rule
        if told.keys() >= wanted:
            raise _Enough([(rule, operation) for operation, rule in told.items()])

    return judged


def _as_found(found: Findings, again: object) -> None:
    del found, again


class _Here:
    """Draws as `Drawer` does, in this process."""

    def __init__(self, folder: Path) -> None:
        del folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        pass

    def forget(self) -> None:
        pass

    def draw(
        self, document: Mapping[str, Any], labels: Sequence[str], seed: int
    ) -> Iterator[tuple[str, list[Request]]]:
        plain = json.loads(json.dumps(document))
        for label, requests in generate.draw(plain, labels, seed):
            yield label, [corpus.request(json.loads(json.dumps(corpus.entry(request)))) for request in requests]


def _outcome(path: Path) -> Outcome:
    if not path.exists():
        return Outcome(failure="the process ended early")
    told = json.loads(path.read_bytes())
    path.unlink()
    return Outcome(
        findings=tuple((rule, operation) for rule, operation in told.get("findings", ())),
        document=told.get("document"),
        failure=told.get("failure", ""),
    )


def same_hashes() -> None:
    """Start this program again where hashes differ from run to run; the drawing process is started like that as well."""
    if sys.flags.hash_randomization:
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | {"PYTHONHASHSEED": "0"})  # noqa: S606
    os.environ.pop("PYTHONHASHSEED", None)  # whatever else is started is as it would be
