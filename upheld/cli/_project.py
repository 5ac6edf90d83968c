"""The project that a command is called in: the working directory and what its pyproject.toml says."""

from pathlib import Path

from upheld.settings import Settings, read


def project(*, signs_in: bool = False) -> tuple[Path, Settings]:
    """Return the project's folder and its settings; `signs_in` where the command needs the secrets of `auth`."""
    from upheld import rules
    from upheld.diff import catalogue

    root = Path.cwd()
    return root, read(root, rules=rules.ids() | catalogue.RULES.keys(), signs_in=signs_in)
