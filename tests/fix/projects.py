"""Small projects on disk, loaded as an app: what fixes are tried on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.modules import forgotten
from upheld import contract
from upheld.fix.code import Project
from upheld.model import Application, Operation


@contextmanager
def loaded(folder: Path, files: Mapping[str, str], target: str = "shop.main:app") -> Iterator[Project]:
    """Write files, load the app among them, and forget its modules afterwards."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with forgotten(folder):
        application: Application = contract.load(target, root=folder)
        yield Project(application)


def operation(project: Project, label: str) -> Operation:
    """Return an operation by its label."""
    return next(one for one in project.contract.operations if one.label == label)
