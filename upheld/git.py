"""Asks git: by lists of arguments and never through a shell, without prompts, pagers or locks, in English."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from upheld.model import UpheldError

TIME_LIMIT_S = 120.0
"""How long one question may take; a partial clone may have to fetch for it."""
SURROUNDINGS: Mapping[str, str] = MappingProxyType(
    {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "",
        "SSH_ASKPASS": "",
        "GIT_PAGER": "cat",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "LC_ALL": "C",
    }
)
NAMED = "name both sides, as files or module:app"


class GitError(UpheldError):
    """Git is not there, there is no repository, or it has not what was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of a tree."""

    mode: str
    kind: str
    """"blob", "tree" or "commit"."""
    name: str
    """The object's."""


@dataclass(frozen=True, kw_only=True)
class Repository:
    """The repository that a folder lies in; paths are relative to that folder."""

    root: Path
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ | SURROUNDINGS, repr=False)

    def answer(self, *arguments: str) -> bytes | None:
        """Return what a command writes; `None` where it fails.

        Errors: GitError when git is not installed, the folder lies in no repository, or it takes too long.
        """
        done = self._run(*arguments)
        if done.returncode == 0:
            return done.stdout
        self._require_repository()
        return None

    def line(self, *arguments: str) -> str | None:
        """Return the one line that a command writes; `None` where it fails or writes nothing. Errors: as `answer`."""
        written = self.answer(*arguments)
        return (written.decode("utf-8", "replace").strip() or None) if written is not None else None

    def commit(self, revision: str) -> str | None:
        """Return the name of the commit that a revision stands for; `None` where there is none. Errors: as `answer`."""
        if revision.startswith("-") or not revision.isprintable() or not revision:
            self._require_repository()
            return None  # git would take it for an option
        return self.line("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")

    def entry(self, commit: str, path: str) -> Entry | None:
        """Return the file of a commit at a path; `None` where there is none. Errors: as `answer`."""
        written = self.line("ls-tree", commit, "--", path)
        if written is None:
            return None
        mode, kind, name = written.partition("\t")[0].split()
        return Entry(mode=mode, kind=kind, name=name)

    def blob(self, name: str) -> bytes:
        """Return an object's content. Errors: GitError where it cannot be had, and as `answer`."""
        content = self.answer("cat-file", "blob", name)
        if content is None:
            raise GitError(f"{name}: git has no such object, expected a whole clone; run {self.fetch()!r}")
        return content

    def modified(self, path: str) -> bool:
        """Whether a file is not as it was committed; one that never was is new. Errors: as `answer`."""
        if self.entry("HEAD", path) is None:
            return (self.root / path).exists()
        return self.answer("diff", "--quiet", "--no-ext-diff", "HEAD", "--", path) is None

    @cached_property
    def shallow(self) -> bool:
        """Whether history was cut off when it was cloned."""
        return self.line("rev-parse", "--is-shallow-repository") == "true"

    def fetch(self, remote: str = "origin", branch: str = "") -> str:
        """Return the command that fetches what is missing: a remote's branch, and the history of a shallow clone."""
        parts = ["git", "fetch", *(["--unshallow"] if self.shallow else []), remote]
        every = self.line("config", "--get", f"remote.{remote}.fetch") == f"+refs/heads/*:refs/remotes/{remote}/*"
        if branch and not every:  # a clone of a single branch fetches no other unless it is told where to put it
            parts.append(f"{branch}:refs/remotes/{remote}/{branch}")
        elif branch and not self.shallow:
            parts.append(branch)
        return " ".join(parts)

    def _require_repository(self) -> None:
        asked = self._run("rev-parse", "--git-dir")
        if asked.returncode == 0:
            return
        told = asked.stderr.decode("utf-8", "replace").strip().splitlines() or ["git failed"]
        if "not a git repository" in told[0]:
            raise GitError(f"{self.root}: no git repository, expected one to compare with; run it in one, or {NAMED}")
        raise GitError(
            f"{self.root}: git says {told[0].removeprefix('fatal: ')!r}, expected a repository; "
            f'run "git status" there, or {NAMED}'
        )

    def _run(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        command = ["git", "--no-pager", *arguments]
        try:
            return subprocess.run(  # noqa: S603 - a list of arguments, none of which git takes for another
                command,
                cwd=self.root,
                env=dict(self.environ),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=TIME_LIMIT_S,
                check=False,
            )
        except FileNotFoundError as error:
            raise GitError(f"git: not found, expected it on the PATH; install git, or {NAMED}") from error
        except subprocess.TimeoutExpired as error:
            raise GitError(
                f"git {arguments[0]}: took longer than {TIME_LIMIT_S:.0f} s, expected an answer; try it by hand"
            ) from error
        except OSError as error:
            raise GitError(
                f"git: cannot be started ({error.strerror or error}), expected a program; mend it, or {NAMED}"
            ) from error
