"""The revision that a contract is compared with where nobody names one."""

import re
from dataclasses import dataclass
from pathlib import Path

from upheld.contract.errors import ContractError
from upheld.git import NAMED, Repository

USUAL = ("origin/main", "main")
"""What a branch is taken to be for."""
SHORT = 12
"""Characters of a commit's name that are shown."""
SET = 'set base = "REVISION" below [tool.upheld]'


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What to compare a project's contract with."""

    revision: str | None
    """A commit's short name; `None` where there is nothing to compare with."""
    told: str
    """Which that is, or why there is none, for people."""


def base(named: str | None, *, path: str, root: Path) -> Base:
    """Return the revision whose contract, at `path`, the project's own is compared with.

    A branch, `origin/main` or else `main` where none is named, stands for the commit in which HEAD left it. Where that
    is HEAD itself and the contract is as it was committed, it is HEAD's first parent. A tag or a commit stands for
    itself.
    Errors: ContractError with the command to type where history is missing or there is no such revision; GitError
    without git or a repository.
    """
    repository = Repository(root=root)
    head = repository.commit("HEAD")
    if head is None:
        return Base(revision=None, told="nothing is committed yet, so there is nothing to compare with")
    upstream = _upstream(repository, named)
    if not _is_branch(repository, upstream):
        return _found(repository, repository.commit(upstream) or "", path, upstream)
    fork = repository.line("merge-base", head, upstream)
    if fork is None:
        raise _unrelated(repository, upstream)
    if fork != head or repository.modified(path):
        return _found(repository, fork, path, f"where HEAD left {upstream}")
    parent = _first_parent(repository, head)
    if parent is None:
        return Base(revision=None, told="HEAD has no parent, so there is nothing to compare with")
    return _found(repository, parent, path, "HEAD's first parent")


def _found(repository: Repository, commit: str, path: str, told: str) -> Base:
    short = commit[:SHORT]
    if repository.entry(commit, path) is None:
        return Base(revision=None, told=f"no contract at {short} yet, {told}, so there is nothing to compare with")
    return Base(revision=short, told=f"compared with {short}, {told}")


def _upstream(repository: Repository, named: str | None) -> str:
    for revision in (named,) if named is not None else USUAL:
        if repository.commit(revision) is not None:
            return revision
    if named is None:
        seen, advice = "neither origin/main nor main", f"{SET}, or {NAMED}"
        branch = "main"
    else:
        seen, advice = f"tool.upheld.base = {named!r} is no revision", "mend the setting"
        branch = named.removeprefix("origin/")
    if "origin" in (repository.line("remote") or "").split() and re.fullmatch(r"[\w./-]+", branch):
        advice = f'run "{repository.fetch(branch=branch)}", or {advice}'
    raise ContractError(f"{repository.root}: {seen}, expected one to compare with; {advice}")


def _is_branch(repository: Repository, revision: str) -> bool:
    whole = repository.line("rev-parse", "--symbolic-full-name", revision) or ""
    return whole.startswith(("refs/heads/", "refs/remotes/"))


def _unrelated(repository: Repository, upstream: str) -> ContractError:
    if repository.shallow:
        return ContractError(
            f"{repository.root}: this clone is shallow and does not reach where HEAD left {upstream}, expected the "
            f'whole history; run "{repository.fetch(branch=upstream.removeprefix("origin/"))}"'
        )
    return ContractError(
        f"{repository.root}: HEAD and {upstream} have no commit in common, expected one to compare with; {SET}, "
        f"or {NAMED}"
    )


def _first_parent(repository: Repository, commit: str) -> str | None:
    """Return a commit's first parent, `None` for a first commit. Errors: ContractError where it was not cloned."""
    raw = (repository.answer("cat-file", "commit", commit) or b"").decode("utf-8", "replace")
    found = re.search(r"^parent (\w+)$", raw.partition("\n\n")[0], re.MULTILINE)  # a shallow clone hides it elsewhere
    if found is None:
        return None
    if repository.commit(found[1]) is None:
        raise ContractError(
            f"{repository.root}: this clone is shallow and lacks HEAD's parent, expected it to compare with; "
            f'run "{repository.fetch()}"'
        )
    return found[1]
