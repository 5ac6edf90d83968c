"""The generated package as it is shipped: its methods, what their arguments are, and which keyword signs in to what."""

import importlib
import inspect
import sys
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from upheld.model import UpheldError


@dataclass(frozen=True, kw_only=True, eq=False)
class Method:
    """The client's method for one operation."""

    name: str
    record: Any
    """The package's own record of the operation."""
    waits: Callable[..., Any]
    """In the client that waits."""
    awaits: Callable[..., Any]

    @cached_property
    def types(self) -> Mapping[str, Any]:
        """The annotations of its arguments, and of what it returns, by name."""
        return typing.get_type_hints(self.waits, include_extras=True)

    @cached_property
    def returns(self) -> tuple[Any, Any]:
        """What it returns in the client that waits, and in the one that does not."""
        return self.types["return"], typing.get_type_hints(self.awaits, include_extras=True)["return"]

    def argument(self, parameter: Any) -> str:
        """Return the name of the argument that a parameter or a form's member takes."""
        return str(parameter.argument or parameter.name)

    @property
    def place(self) -> tuple[str, int, str]:
        """Its file, its line and what stands there."""
        code = self.waits.__code__
        lines = Path(code.co_filename).read_text(encoding="utf-8").splitlines()
        return code.co_filename, code.co_firstlineno, lines[code.co_firstlineno - 1].strip()


class Shipped:
    """A generated package, imported."""

    def __init__(self, folder: Path) -> None:
        """Import the package that a folder holds. Errors: UpheldError where it cannot be imported, or is none."""
        sys.path.insert(0, str(folder.parent))
        importlib.invalidate_caches()
        try:
            self.package = importlib.import_module(folder.name)
            self._operations = importlib.import_module(f"{folder.name}.operations")
            self.runtime = {
                name: importlib.import_module(f"{folder.name}._runtime.{name}")
                for name in ("answers", "errors", "operations", "streams", "wire")
            }
            self.waiting, self.awaiting = self.package.Client, self.package.AsyncClient
            self.contract = self._operations.CONTRACT
        except Exception as error:
            what = f"{type(error).__name__}: {error}".replace("\n", " ")[:300]
            if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith(folder.name):
                advice = f'install it: "pip install {error.name}"'
            else:
                advice = 'write it anew with "upheld client"'
            raise UpheldError(
                f"{folder}: importing it raised {what}, expected a client that imports; {advice}"
            ) from error

    @cached_property
    def methods(self) -> Mapping[str, Method]:
        """The method of each operation, by its label."""
        found: dict[str, Method] = {}
        for name, function in vars(self.waiting).items():
            record = self._record(function)
            if record is not None:
                awaits = getattr(self.awaiting, name)
                found.setdefault(
                    f"{record.method} {record.path}",
                    Method(name=name, record=record, waits=function, awaits=awaits),
                )
        return found

    def _record(self, function: object) -> Any:
        """Return the record of the operation that a method calls; `None` for what is no such method."""
        if not inspect.isfunction(function) or "_call" not in function.__code__.co_names:
            return None
        kind = self.runtime["operations"].Operation
        records = [getattr(self._operations, name, None) for name in function.__code__.co_names]
        record = next((record for record in records if isinstance(record, kind)), None)
        return None if record is None or self._is_signing(record) else record

    def _is_signing(self, record: Any) -> bool:
        """Whether a record is the one by which the client signs in, which is none of the contract's operations."""
        token = self.runtime["operations"].Token
        reads = [reads for answer in record.answers.values() for reads in answer.content.values()]
        return any(one.type is token for one in reads)

    @cached_property
    def keywords(self) -> Mapping[str, str]:
        """The keyword of the client for each security scheme, by the scheme's name."""
        names = [
            name
            for name, one in inspect.signature(self.waiting).parameters.items()
            if one.default is None and name not in ("http", "sleep", "openapi_url")
        ]
        marks = {name: ("user", f"mark of {name}") for name in names}
        made = self.waiting("http://127.0.0.1", **marks, http=object())
        known = {value: name for name, value in marks.items()}
        return {scheme: known[value] for scheme, value in made._session.credentials.items() if value in known}

    @property
    def unset(self) -> type:
        """The type of what stands for an argument that is not sent."""
        kind: type = self.runtime["wire"].Unset
        return kind
