"""The functions of a user's own that a check calls: `hooks = "tests.contract"` names the module they stand in.

    def setup(app): ...                 # once, after the app was imported and before it starts
    def credentials(operation): ...     # headers that sign in to `GET /books`; None for the settings' or made-up ones
    def reset(): ...                    # puts the app's data back, before the first request and whenever it matters
    def before_request(request): ...    # changes a request, or returns another

Each may be async; it then runs on the app's own event loop.
"""

import difflib
import importlib
import inspect
import re
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from upheld import model
from upheld.model import UpheldError

NAMES = ("setup", "credentials", "reset", "before_request")
_NEAR = 0.8
_HEADER_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_HEADER_VALUE = re.compile(r"[ -~\t\x80-\xff]*")
_TARGET = re.compile(r"/[!-~]*")


@dataclass(slots=True)
class Request:
    """What `before_request` is handed: to be changed in place, or to return another like it."""

    operation: str
    """The operation that it is for, as findings name it."""
    method: str
    target: str
    """Path and query, percent-encoded."""
    headers: dict[str, str] = field(default_factory=dict)
    """By name in lower case; no Host, no Content-Length."""
    body: bytes | None = None


class Hooks:
    """What a hooks module has; without one, nothing happens."""

    def __init__(self, module: ModuleType | None = None, root: Path | None = None) -> None:
        """Take the module, and the project's folder, which places are named below."""
        self._root = root or Path.cwd()
        self._functions = {name: getattr(module, name) for name in NAMES if hasattr(module, name)} if module else {}

    @classmethod
    def load(cls, name: str, root: Path) -> "Hooks":
        """Import a module of the project's.

        Errors: UpheldError for one that is not there, raises, has no hook, or one whose name is nearly right.
        """
        if str(root) not in sys.path:
            sys.path.insert(0, str(root))
        hint = f"expected a module of the project's with any of {', '.join(NAMES)}"
        place = f'[tool.upheld] hooks = "{name}"'
        try:
            module = importlib.import_module(name)
        except (Exception, SystemExit) as error:
            missing = isinstance(error, ModuleNotFoundError) and f"{name}.".startswith(f"{error.name}.")
            what = f"no module {name} below {root}" if missing else f"importing it raised {_told(error, None, root)}"
            raise UpheldError(f"{place}: {what}, {hint}; mend it") from error
        for near, function in vars(module).items():
            wanted = difflib.get_close_matches(near, NAMES, n=1, cutoff=_NEAR)
            own = inspect.isfunction(function) and function.__module__ == name
            if own and wanted and near not in NAMES and not hasattr(module, wanted[0]):
                line = f"{_path(function.__code__.co_filename, root)}:{function.__code__.co_firstlineno}"
                raise UpheldError(f"{line}: {near} is no hook, expected {wanted[0]}; rename it")
        found = cls(module, root)
        if not found._functions:
            raise UpheldError(f"{place}: it has none, {hint}; write one")
        for hook, function in found._functions.items():
            if not callable(function):
                raise UpheldError(f"{place}: {hook} is {function!r:.60}, expected a function; write def {hook}(…)")
        return found

    def has(self, name: str) -> bool:
        """Return whether there is a hook of that name."""
        return name in self._functions

    def run(self, name: str, *arguments: object, wait: Callable[[Awaitable[Any]], Any]) -> Any:  # noqa: ANN401 - anything
        """Call a hook where there is one; `wait` finishes what an async one begins.

        Errors: UpheldError, naming its line, when it raises.
        """
        function = self._functions.get(name)
        if function is None:
            return None
        try:
            made = function(*arguments)
            return wait(made) if inspect.isawaitable(made) else made
        except UpheldError:
            raise
        except (Exception, SystemExit) as error:
            raise self._raised(name, error) from error

    def credentials(self, operation: str, wait: Callable[[Awaitable[Any]], Any]) -> Mapping[str, str] | None:
        """Return the headers that sign in to an operation, names in lower case; `None` where nothing is said."""
        given = self.run("credentials", operation, wait=wait)
        if given is None:
            return None
        if not isinstance(given, Mapping) or not all(map(_is_header, given.items())):
            raise self._wrong("credentials", f"{type(given).__name__} for {operation}", "headers as texts, or None")
        return {name.lower(): value for name, value in given.items()}

    async def prepared(self, request: model.Request, operation: str) -> model.Request:
        """Return a request as `before_request` leaves it."""
        function = self._functions["before_request"]
        shown = Request(operation, request.method, request.target, {}, request.sent)
        for header, value in request.headers:
            shown.headers.setdefault(header, value)
        before = dict(shown.headers)
        try:
            made = function(shown)
            made = await made if inspect.isawaitable(made) else made
        except (Exception, SystemExit) as error:
            raise self._raised("before_request", error) from error
        made = shown if made is None else made
        if not isinstance(made, Request) or not all(map(_is_header, made.headers.items())):
            raise self._wrong("before_request", type(made).__name__, "its request, its headers texts, or None")
        if not _TARGET.fullmatch(made.target) or not isinstance(made.body, bytes | None):
            raise self._wrong("before_request", f"target {made.target!r:.80}", "a percent-encoded path, bytes as body")
        headers = tuple((name.lower(), value) for name, value in made.headers.items())
        is_other = made.body != request.sent
        return replace(
            request,
            method=made.method,
            target=made.target,
            headers=request.headers if made.headers == before else headers,
            body=made.body if is_other else request.body,
            padding=None if is_other else request.padding,
        )

    def _raised(self, name: str, error: BaseException) -> UpheldError:
        place = _line(error, self._functions[name], self._root)
        what = f"{type(error).__name__}: {error}".rstrip(": ").replace("\n", " ")[:300]
        return UpheldError(f"{place}: {name}() raised {what}, expected it to return; mend it")

    def _wrong(self, name: str, seen: str, expected: str) -> UpheldError:
        place = _line(None, self._functions[name], self._root)
        return UpheldError(f"{place}: {name}() returned {seen}, expected {expected}; mend it")


def _is_header(pair: tuple[object, object]) -> bool:
    name, value = pair
    if not isinstance(name, str) or not isinstance(value, str):
        return False
    return _HEADER_NAME.fullmatch(name) is not None and _HEADER_VALUE.fullmatch(value) is not None


def _told(error: BaseException, function: object, root: Path) -> str:
    message = " ".join(str(error).split())[:300]
    return f"{type(error).__name__}: {message} ({_line(error, function, root)})"


def _line(error: BaseException | None, function: object, root: Path) -> str:
    """Return the innermost line of the project's own that raised, or the hook's `def`."""
    found = ""
    trace = error.__traceback__ if error is not None else None
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(root) and "site-packages" not in path.parts:
            found = f"{_path(str(path), root)}:{trace.tb_lineno}"
        trace = trace.tb_next
    code = getattr(inspect.unwrap(function), "__code__", None) if callable(function) else None
    if not found and code is not None:
        found = f"{_path(code.co_filename, root)}:{code.co_firstlineno}"
    return found or "its file"


def _path(path: str, root: Path) -> str:
    whole = Path(path)
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else whole.as_posix()
