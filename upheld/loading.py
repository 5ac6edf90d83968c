"""What a command is about: an app that is loaded, or a server with the docs that it is held against."""

from __future__ import annotations  # most records are needed by some commands alone

from dataclasses import replace
from typing import TYPE_CHECKING

from upheld import model
from upheld.model import UpheldError
from upheld.settings import FixedHeaders, Settings
from upheld.surroundings import surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from upheld.model import Application, Json


def load(target: str | None, settings: Settings, root: Path) -> Application:
    """Load the app that is named, or the settings' own. Errors: UpheldError where none is, or it does not load."""
    from upheld import contract

    name = target or settings.app
    if name is None:
        raise UpheldError(
            'no app named, expected module:app; write "upheld check main:app", or app = "main:app" below [tool.upheld]'
        )
    return contract.load(name, root=root)


def served(url: str, settings: Settings, root: Path, path: Path | None) -> Application:
    """Return a running server with the docs that it is held against."""
    from upheld import contract

    committed = root / settings.contract
    if path is not None or committed.is_file():
        read = contract.read(path or committed)
    else:
        read = contract.parse(_fetched(url, settings), app=url)
    operations = tuple(replace(operation, generated=operation) for operation in read.operations)
    return model.Application(asgi=None, contract=replace(read, app=url, operations=operations), root=root, url=url)


def _fetched(url: str, settings: Settings) -> dict[str, Json]:
    from upheld import contract, media
    from upheld.drive import http

    place = f"{url}/openapi.json"
    headers = settings.auth.headers.items() if isinstance(settings.auth, FixedHeaders) else ()
    answer = http.fetch(url, "/openapi.json", tuple((name.lower(), value) for name, value in headers), time_limit_s=60)
    try:
        document: Json = media.parse_json(bytes(answer.body)) if answer.status == 200 and answer.complete else None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        what = f"answered {answer.status} without a JSON object" if answer.status else "gave no answer"
        raise UpheldError(f"{place}: {what}, expected an OpenAPI document; name a file of it with --contract")
    contract.validate_quickly(document, place)
    return document


def document(target: str | None, settings: Settings, root: Path) -> dict[str, object]:
    """Return the valid document of an app. Errors: UpheldError where the app does not load, or its document is none."""
    from upheld import contract

    with surroundings(settings, root):
        application = load(target, settings, root)
        document = dict(application.contract.document)
        contract.validate(document, application.contract.app)
    return document
