"""Patches written to the project, and the same check again in a process of its own: what is gone, left and new."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from upheld import files
from upheld.model import Finding, Json, Report, UpheldError


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One finding as a report in JSON tells it."""

    rule: str
    level: str
    operation: str
    status: int | None
    message: str

    @property
    def key(self) -> tuple[str, str, int | None]:
        """What it is known by when its line has moved."""
        return self.rule, self.operation, self.status


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of the findings."""

    written: tuple[str, ...]
    """The paths of the files that were changed, relative to the project."""
    gone: tuple[Told, ...]
    left: tuple[Told, ...]
    new: tuple[Told, ...]
    report: str
    """The second check's, in JSON."""
    code: int
    """Its exit code."""


def write(texts: Mapping[str, bytes], root: Path) -> dict[str, bytes]:
    """Write new contents of files and return the old ones; all are written or none.

    Errors: UpheldError, naming the file, where one cannot be written.
    """
    before: dict[str, bytes] = {}
    try:
        for path, content in texts.items():
            old = (root / path).read_bytes()
            files.rewrite(root / path, content)
            before[path] = old
    except OSError as error:
        restore(before, root)
        raise UpheldError(f"cannot be read ({error.strerror or error}), expected a file; run it again") from error
    except UpheldError:
        restore(before, root)
        raise
    return before


def restore(before: Mapping[str, bytes], root: Path) -> None:
    """Write old contents of files back."""
    for path, content in before.items():
        files.rewrite(root / path, content)


def again(report: Report, before: Mapping[str, bytes], command: Sequence[str], root: Path) -> Outcome:
    """Run a command of ours that reports in JSON, and compare what it finds with what was found.

    Where it cannot tell, since the app does not load any more, the old files are put back.
    Errors: UpheldError with what it said.
    """
    try:
        done = subprocess.run(  # noqa: S603  # ourselves, with words that are no shell's
            [sys.executable, "-m", "upheld", *command], cwd=root, capture_output=True, check=False
        )
    except BaseException:
        restore(before, root)
        raise
    if done.returncode not in (0, 1):
        restore(before, root)
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = said[-1].removeprefix("upheld: error: ") if said else f"exit code {done.returncode}"
        raise UpheldError(
            f"{', '.join(before)}: with the patch the check fails ({reason}); the files are as they were; "
            'look at it with "upheld fix --diff"'
        )
    found = [_told(each) for each in json.loads(done.stdout)["findings"]]
    first = [_of(finding) for finding in report.findings]
    keys, earlier = {one.key for one in found}, {one.key for one in first}
    return Outcome(
        written=tuple(before),
        gone=tuple(one for one in first if one.key not in keys),
        left=tuple(one for one in found if one.key in earlier),
        new=tuple(one for one in found if one.key not in earlier),
        report=done.stdout.decode(),
        code=done.returncode,
    )


def _told(raw: Json) -> Told:
    return Told(
        rule=raw["rule"],
        level=raw["level"],
        operation=raw["operation"],
        status=raw["status"],
        message=raw["message"],
    )


def _of(finding: Finding) -> Told:
    return Told(
        rule=finding.rule,
        level=finding.level,
        operation=finding.operation,
        status=finding.status,
        message=finding.message,
    )
