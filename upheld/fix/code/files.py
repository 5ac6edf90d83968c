"""The files of a project that a fix may touch, with their text, their tree and their module."""

import ast
import functools
import io
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

WIDTH = 88
"""How long a line is where no formatter's settings say otherwise: Black's and Ruff's own default."""

_INSTALLED = frozenset({"site-packages", "dist-packages", "node_modules"})
_MAKERS = frozenset({"FastAPI", "APIRouter"})


@dataclass(frozen=True, kw_only=True, eq=False)
class File:
    """One source file of the project."""

    path: str
    """Relative to the project's folder, with forward slashes."""
    text: str
    """With its line ends as they are."""
    encoding: str
    tree: ast.Module
    module: ModuleType | None
    """`None` where it is not imported, or not under a name of its own."""

    @functools.cached_property
    def literals(self) -> frozenset[str]:
        """The texts that stand in it."""
        nodes = (node for node in ast.walk(self.tree) if isinstance(node, ast.Constant))
        return frozenset(node.value for node in nodes if isinstance(node.value, str))

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """Every name that it uses: what is written into it must not be called so."""
        known = vars(self.module).keys() if self.module is not None else ()
        return frozenset({*known, *(node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name))})

    @functools.cached_property
    def makes(self) -> bool:
        """Whether it makes an app or a router; one that only speaks of them does not."""
        called = (node.func for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return any(ast.unparse(one).rpartition(".")[2] in _MAKERS for one in called)

    def encoded(self, text: str) -> bytes:
        """Return another text of this file as it is written to the disk. Errors: UnicodeEncodeError."""
        return text.encode(self.encoding)


class Files:
    """The project's own files below its root; what is installed or lies elsewhere is none of them."""

    def __init__(self, root: Path) -> None:
        """Take the project's folder."""
        self._root = root.resolve()
        self._known: dict[Path, File | None] = {}
        self._shared: dict[File, frozenset[str]] = {}

    def at(self, path: str) -> File | None:
        """Return the file at a path, as a `Location` or a code object names it; `None` where no fix may touch it."""
        full = (self._root / path).resolve()
        if full not in self._known:
            self._known[full] = self._read(full)
        return self._known[full]

    def imported(self) -> Iterator[File]:
        """Yield the files of the project's modules that are imported, in the order of their paths."""
        yield from self._imported

    @functools.cached_property
    def _imported(self) -> tuple[File, ...]:
        paths = {path for module in list(sys.modules.values()) if (path := _source(module)) is not None}
        files = (self.at(path) for path in sorted(paths))
        return tuple(file for file in files if file is not None and file.module is not None)

    def shared(self, file: File) -> frozenset[str]:
        """Return the names that other modules of the project take from a file, or may."""
        if file not in self._shared:
            self._shared[file] = frozenset(self._taken(file))
        return self._shared[file]

    def _taken(self, file: File) -> Iterator[str]:
        name = file.module.__name__.rpartition(".")[2] if file.module is not None else Path(file.path).stem
        for other in self.imported():
            for node in ast.walk(other.tree) if other is not file else ():
                match node:
                    case ast.ImportFrom(module=module, names=names) if (module or "").rpartition(".")[2] == name:
                        yield from (one.name for one in names)
                    case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=attribute):
                        yield from (attribute,) if owner == name else ()

    @functools.cached_property
    def width(self) -> int:
        """How long a line may be: as Ruff or Black is told to in the project's `pyproject.toml`."""
        try:
            tools = tomllib.loads((self._root / "pyproject.toml").read_text(encoding="utf-8")).get("tool", {})
        except (OSError, ValueError):
            return WIDTH
        told = (
            tools.get(name, {}).get("line-length") for name in ("ruff", "black") if isinstance(tools.get(name), dict)
        )
        return next((length for length in told if isinstance(length, int)), WIDTH)

    def _read(self, full: Path) -> File | None:
        if full.suffix != ".py" or not full.is_relative_to(self._root):
            return None
        path = full.relative_to(self._root)
        if _INSTALLED & {*path.parts} or any(_is_environment(self._root / parent) for parent in path.parents[:-1]):
            return None
        try:
            raw = full.read_bytes()
            encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
            text = raw.decode(encoding)
            tree = ast.parse(text)
        except (OSError, SyntaxError, ValueError, RecursionError):
            return None
        return File(path=path.as_posix(), text=text, encoding=encoding, tree=tree, module=_module(full))


def _is_environment(folder: Path) -> bool:
    return (folder / "pyvenv.cfg").is_file()


def _source(module: ModuleType) -> str | None:
    path = getattr(module, "__file__", None)
    return path if isinstance(path, str) and path.endswith(".py") else None


def _module(full: Path) -> ModuleType | None:
    for module in list(sys.modules.values()):
        path = _source(module)
        if path is not None and path.endswith(full.name) and Path(path).resolve() == full:
            return module
    return None
