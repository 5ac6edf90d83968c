"""The commits that changed a contract."""

from dataclasses import dataclass
from pathlib import Path

from upheld.contract.errors import ContractError
from upheld.git import Repository

SHORT = 10
"""Characters of a commit's name that are shown: as many in every clone."""
_PLAIN = ("-c", "log.showSignature=false", "-c", "log.follow=false", "-c", "log.mailmap=false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One commit of the first parents' line that touched the contract."""

    name: str
    """The first characters of its hash."""
    day: str
    """On which it was committed, where it was: "2026-01-31"."""
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What became of a contract, the newest commit first."""

    commits: tuple[Commit, ...]
    modified: bool
    """Whether the file is not as it was committed last."""


def history(path: str, *, root: Path) -> History:
    """Return the commits that touched the file at `path` of the project, by way of first parents.

    Errors: ContractError in a shallow clone, whose history is not whole; GitError without git or a repository.
    """
    repository = Repository(root=root)
    if repository.shallow:
        raise ContractError(
            f'{root}: this clone is shallow, expected the whole history of {path}; run "{repository.fetch()}"'
        )
    exists = (root / path).exists()
    if repository.commit("HEAD") is None:
        return History(commits=(), modified=exists)
    told = "--format=%H%x00%cs%x00%s%x00"
    logged = repository.answer(
        *_PLAIN, "log", "--first-parent", "--no-color", "--encoding=UTF-8", told, "HEAD", "--", path
    )
    parts = (logged or b"").decode("utf-8", "replace").split("\0")[:-1]
    commits = [
        Commit(name=name.strip()[:SHORT], day=day, subject=subject)
        for name, day, subject in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]
    return History(commits=tuple(commits), modified=repository.modified(path))
