"""What fixes ask of the project: its files, the call behind a route, a router or the app, who imports whom."""

import ast
import functools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from upheld.fix.code import sites
from upheld.fix.code.files import File, Files
from upheld.fix.code.sites import Site, documents, named
from upheld.model import Application, Contract, Operation


class Project:
    """One project, its app loaded."""

    def __init__(self, application: Application) -> None:
        """Take the app with its contract."""
        self.root: Path = application.root
        self.contract: Contract = application.contract
        self.app = application.app
        self.files = Files(application.root)
        self._sites: dict[str, Site | None] = {}
        self._owners: dict[Site, tuple[File, ast.Call] | None] = {}
        self._added: dict[str, list[File]] = {}

    def site(self, operation: Operation) -> Site | None:
        """Return the call that makes an operation's route; `None` where it is not the project's, or is not certain."""
        if operation.label not in self._sites:
            found = self._site(operation)
            self._sites[operation.label] = found if found is not None and documents(found.file, found.call) else None
        return self._sites[operation.label]

    def _site(self, operation: Operation) -> Site | None:
        handler = operation.handler
        if handler is None:
            return None
        file = self._file_of(handler.function)
        node = sites.definition(file, handler.function) if file is not None else None
        if file is not None and node is not None and (found := sites.decorated(file, node, operation)) is not None:
            return found
        name = handler.qualname.rpartition(".")[2]
        files = list(self.files.imported())
        calls = [site for one in files for site in sites.called(one, operation, name)]
        calls = calls or [site for one in files for site in sites.given(one, operation, name)]
        if len(calls) != 1:
            return None
        return replace(calls[0], function=node) if calls[0].file is file else calls[0]

    def _file_of(self, function: object) -> File | None:
        code = getattr(function, "__code__", None)
        return self.files.at(code.co_filename) if code is not None else None

    def sharers(self, maker: ast.Call) -> frozenset[str]:
        """Return the operations that what is said once, where a router or an app is made, is said of.

        They are given by their labels; of an app they are all that there are, for what it says goes for its routers,
        too, as what a router says goes for those that it includes. () where one of these is not found.
        """
        if self._makes_app(maker):
            return frozenset(operation.label for operation in self.contract.operations)
        makers = {id(maker)}
        waiting = [maker]
        while waiting:
            outer = waiting.pop()
            for including, included in self._inclusions:
                if including is outer and included is None:
                    return frozenset()
                if including is outer and included is not None and id(included) not in makers:
                    makers.add(id(included))
                    waiting.append(included)
        sites = {operation.label: self.site(operation) for operation in self.contract.operations}
        owners = {label: self.owner(site) for label, site in sites.items() if site is not None}
        return frozenset(label for label, owner in owners.items() if owner is not None and id(owner[1]) in makers)

    @functools.cached_property
    def _inclusions(self) -> tuple[tuple[ast.Call, ast.Call | None], ...]:
        """Which router includes which, by the calls that make them; `None` for one that is not found."""
        return tuple(
            (outer[1], inner[1] if inner is not None else None)
            for file in self.files.imported()
            for call, including, included in sites.inclusions(file)
            if (outer := self._made(file, including, call)) is not None
            for inner in (self._made(file, included, call),)
        )

    def made_by(self, site: Site) -> frozenset[str]:
        """Return the labels of all operations that one call makes, as that of a function which makes routers does."""
        sites = {operation.label: self.site(operation) for operation in self.contract.operations}
        return frozenset(label for label, one in sites.items() if one is not None and one.call is site.call)

    def owner(self, site: Site) -> tuple[File, ast.Call] | None:
        """Return the call that makes the router or the app that a route is made on."""
        if site not in self._owners:
            self._owners[site] = self._made(site.file, site.owner, site.call)
        return self._owners[site]

    def _made(self, file: File, name: str, near: ast.AST) -> tuple[File, ast.Call] | None:
        """Return the call that makes what a name stands for somewhere in a file."""
        call = sites.constructor(file, name, near)
        if call is not None:
            return file, call
        made = named(file, name)
        return self._maker(made) if made is not None else None

    @functools.cached_property
    def application(self) -> tuple[File, ast.Call] | None:
        """The call that makes the app; `None` where it is not found, or takes no `responses`."""
        made = self._application
        return made if made is not None and documents(*made) else None

    @property
    def _application(self) -> tuple[File, ast.Call] | None:
        named = self._maker(self.app) if self.app is not None else None
        if named is not None:
            return named
        calls = [
            (file, node)
            for file in self.files.imported()
            for node in ast.walk(file.tree)
            if isinstance(node, ast.Call) and self._makes_app(node)
        ]
        return calls[0] if len(calls) == 1 else None

    def _makes_app(self, call: ast.Call) -> bool:
        names = {"FastAPI", *(cls.__name__ for cls in type(self.app).__mro__[:-1])}
        return ast.unparse(call.func).rpartition(".")[2] in names

    def _maker(self, made: object) -> tuple[File, ast.Call] | None:
        for file in self.files.imported():
            for name, value in vars(file.module).items():
                if value is made and (call := sites.constructor(file, name)) is not None:
                    return file, call
        return None

    def may_import(self, file: File, other: File) -> bool:
        """Return whether a file may import another without a circle."""
        return file is not other and file.path not in self._reached(other)

    def imports(self, file: File, other: File) -> None:
        """Take note that a file is going to import another."""
        self._added.setdefault(file.path, []).append(other)

    def _reached(self, file: File) -> set[str]:
        """Return the paths of the project's files that importing a file imports, its own included."""
        found: set[str] = set()
        waiting = [file]
        while waiting:
            one = waiting.pop()
            if one.path not in found:
                found.add(one.path)
                waiting += [*self.imported_by(one), *self._added.get(one.path, ())]
        return found

    @functools.cached_property
    def routed(self) -> tuple[File, ...]:
        """The files that make routes, in the order of the operations."""
        found = (self.site(operation) for operation in self.contract.operations)
        return tuple(dict.fromkeys(site.file for site in found if site is not None))

    def imported_by(self, file: File) -> Iterator[File]:
        """Yield the project's files that a file imports by itself, some more than once."""
        modules = {one.module.__name__: one for one in self.files.imported() if one.module is not None}
        package = (file.module.__package__ or "") if file.module is not None else ""
        for node in ast.walk(file.tree):
            for name in _imports(node, package):
                parts = name.split(".")
                for length in range(1, len(parts) + 1):
                    if (one := modules.get(".".join(parts[:length]))) is not None:
                        yield one


def _imports(node: ast.AST, package: str) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (one.name for one in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            parts = package.split(".")
            above = ".".join(parts[: len(parts) - level + 1]) if level else ""
            base = ".".join(filter(None, (above, module)))
            yield base
            yield from (f"{base}.{one.name}" for one in names)
