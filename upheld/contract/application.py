"""A target to a loaded app: imported, made by its factory, its document asked for."""

import inspect
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.applications import Starlette

from upheld.contract.canonical import plain, sha256
from upheld.contract.errors import ContractError, relative, told
from upheld.contract.generated import heard
from upheld.contract.operations import parse
from upheld.contract.routes import Routes
from upheld.contract.target import Target, attribute, imported, target
from upheld.contract.validate import validate_quickly
from upheld.model import Application, AsgiApp, Json

DEEPEST = 32
"""How many middlewares may be wrapped around an app from outside."""


def load(text: str, *, root: Path) -> Application:
    """Import an app and read its contract.

    Shapes: `module:app`, `module:create_app`, `module:create_app()`; attributes may be dotted. An app that is wrapped
    in ASGI middleware is called from outside, and documented by the FastAPI app inside.
    Errors: ContractError on one line: no such module or attribute, an exception on import or in the factory or in
    `openapi()` with the project's line that raised it, an object that is no FastAPI app, a document that is none.
    """
    root = root.resolve()
    aim = target(text, root)
    module = imported(aim, root)
    asgi, app = _application(aim, attribute(aim, module, root), root)
    with heard() as words:
        document = plain(_document(aim, app, root))
    validate_quickly(document, aim.text)
    routes = Routes(app, root, is_generated=words.is_generated(app))
    return Application(asgi=asgi, app=app, contract=parse(document, app=aim.text, routes=routes), root=root)


def own_sha256(found: object) -> str:
    """Return the hash of the document that `upheld export` would write for an app, wrapped or not.

    Errors: ContractError where it is no FastAPI app; whatever its `openapi()` raises.
    """
    app = _inside(found)
    if app is None:
        raise ContractError(f"{_kind(found)}: holds no FastAPI app, expected one; say contract=... with its document")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as in `_document`
        document: dict[str, Json] = plain(app.openapi())
    return sha256(Routes(app, Path.cwd()).steady(document))


def _application(aim: Target, found: object, root: Path) -> tuple[AsgiApp, FastAPI]:
    if aim.call:
        if not callable(found):
            raise _refused(aim, f"{aim.attribute} is {_kind(found)}, which cannot be called", "a factory")
        found = _made(aim, found, root)
    elif _inside(found) is None and _is_factory(aim, found):
        found = _made(aim, found, root)  # type: ignore[arg-type]  # a factory can be called
    app = _inside(found)
    if app is None:
        raise _refused(aim, f"{aim.attribute} is {_kind(found)}", "a FastAPI app or a factory of one")
    return found, app  # type: ignore[return-value]  # what holds a FastAPI app is an ASGI app


def _is_factory(aim: Target, found: object) -> bool:
    """Whether an object is to be called for the app.

    Errors: ContractError for a factory that cannot be called without arguments.
    """
    if not callable(found) or isinstance(found, Starlette):
        return False
    try:
        needed = [
            name
            for name, parameter in inspect.signature(found).parameters.items()
            if parameter.default is parameter.empty
            and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
        ]
    except (TypeError, ValueError):  # a callable written in C
        return False
    if needed[:1] == ["scope"]:
        return False  # a bare ASGI app
    if needed:
        raise _refused(
            aim, f"{aim.attribute} needs {'arguments' if needed[1:] else 'an argument'} ({', '.join(needed)})",
            "a factory that takes none",
        )  # fmt: skip
    return True


def _made(aim: Target, factory: Callable[..., Any], root: Path) -> object:
    try:
        made = factory()
    except (Exception, SystemExit) as error:
        raise ContractError(
            f"{aim.text}: {aim.attribute}() raised {told(error, root)}, expected a FastAPI app; "
            f"run \"python -c 'from {aim.module} import {aim.attribute.split('.')[0]} as it; {_call(aim)}'\" "
            "to see the whole traceback"
        ) from error
    if inspect.iscoroutine(made):
        made.close()
        raise _refused(aim, f"{aim.attribute} is an async function", "a plain function that returns the app")
    return made


def _call(aim: Target) -> str:
    rest = aim.attribute.partition(".")[2]
    return f"it{f'.{rest}' if rest else ''}()"


def _refused(aim: Target, seen: str, expected: str) -> ContractError:
    return ContractError(f'{aim.text}: {seen}, expected {expected}; run "upheld check module:app" with one')


def _kind(found: object) -> str:
    name = type(found).__name__
    if name in ("function", "type", "module"):
        what = {"function": "the function", "type": "the class", "module": "the module"}[name]
        return f"{what} {getattr(found, '__name__', '')}".strip()
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _inside(found: object) -> FastAPI | None:
    """Return the FastAPI app within an object, below the middlewares that were wrapped around it."""
    waiting, seen = [found], 0
    while waiting and seen < DEEPEST:
        one = waiting.pop(0)
        seen += 1
        if isinstance(one, FastAPI):
            return one
        if not inspect.isclass(one) and callable(one):
            waiting += _wrapped(one)
    return None


def _wrapped(outer: object) -> Iterator[object]:
    """Yield what a middleware calls: its attributes, or what a function closes over."""
    if isinstance(outer, Starlette):
        return  # it routes, so an app within it answers below a prefix only
    own = getattr(outer, "__dict__", {})
    yield from (own[name] for name in ("app", "_app", "asgi_app", "application", "other_asgi_app") if name in own)
    yield from (value for value in own.values() if callable(value) and not inspect.isroutine(value))
    for cell in getattr(outer, "__closure__", None) or ():
        try:
            yield cell.cell_contents
        except ValueError:  # an empty cell
            continue


def _document(aim: Target, app: FastAPI, root: Path) -> dict[str, Json]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # duplicate operation ids and the like are judged in the document
            document: object = app.openapi()
    except (Exception, SystemExit) as error:
        call = f"{aim.module}.{aim.text.partition(':')[2]}.openapi()"
        raise ContractError(
            f"{aim.text}: openapi() raised {told(error, root)}, expected an OpenAPI document; "
            f"run \"python -c 'import {aim.module}; {call}'\" to see the whole traceback"
        ) from error
    if not isinstance(document, dict):
        where = inspect.unwrap(app.openapi)
        code = getattr(where, "__code__", None)
        place = f" ({relative(code.co_filename, root)}:{code.co_firstlineno})" if code is not None else ""
        raise ContractError(
            f"{aim.text}: openapi() returned {_kind(document)}{place}, expected a dict; return the document from it"
        )
    return document
