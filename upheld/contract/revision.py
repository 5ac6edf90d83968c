"""A document from a revision of git: `main:contracts/openapi.json`."""

from pathlib import Path, PurePosixPath

from upheld.contract.errors import ContractError
from upheld.git import Repository

LINK = "120000"
"""The mode of a symbolic link in a tree."""


def shown(revision: str, path: str, *, root: Path) -> bytes:
    """Return a file as it was in a revision; the path is relative to the project's folder.

    Errors: ContractError for a revision that is not there, with what fetches it; for a path that leads out of the
    project, is not in the revision or is no file. GitError without git or a repository.
    """
    place = f"{revision}:{path}"
    repository = Repository(root=root)
    inside = PurePosixPath(path)
    if inside.is_absolute() or ".." in inside.parts:
        raise ContractError(
            f"{place}: the path leads out of the project, expected one below {root}; run it in a folder above"
        )
    commit = repository.commit(revision)
    if commit is None:
        raise ContractError(f"{place}: no revision {revision}, {_advice(repository, revision)}")
    entry = repository.entry(commit, inside.as_posix())
    if entry is None:
        raise ContractError(
            f"{place}: no such file in {revision}, expected a path below {root}; "
            f'run "git ls-tree -r --name-only {revision}" to see those there are'
        )
    if entry.kind != "blob" or entry.mode == LINK:
        seen = "a link" if entry.mode == LINK else "a folder" if entry.kind == "tree" else "a submodule"
        raise ContractError(f"{place}: is {seen}, expected a file; name the file itself")
    return repository.blob(entry.name)


def _advice(repository: Repository, revision: str) -> str:
    remote, slash, branch = revision.partition("/")
    remotes = (repository.line("remote") or "").split()
    if slash and remote in remotes:
        return f'expected a branch that was fetched; run "{repository.fetch(remote, branch)}"'
    if repository.shallow:
        return f'expected one within the history that was cloned; run "{repository.fetch()}"'
    if "origin" in remotes:
        return f'expected a commit, a branch or a tag; run "git fetch origin {revision}", or "git log" to see some'
    return 'expected a commit, a branch or a tag; run "git log" to see some'
