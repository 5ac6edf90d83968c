"""`module:app` to the object that it names."""

import difflib
import importlib
import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from fastapi import FastAPI

from upheld.contract.errors import ContractError, told

SHAPE = re.compile(r"(?P<module>\w+(?:\.\w+)*):(?P<attribute>\w+(?:\.\w+)*)(?P<call>\(\))?")
ASSIGNED = re.compile(r"^(\w+)\s*(?::[^=\n]+)?=\s*(?:\w+\.)?(?:FastAPI|(?:create|make|build|get)_app)\(", re.MULTILINE)
USUAL = frozenset({"app", "main", "api", "asgi", "server"})
"""What modules that hold an app are called."""
MOST_FILES = 2_000
"""How many files are looked through for a suggestion."""
SKIPPED = frozenset({"node_modules", "site-packages", "venv", "env", "build", "dist", "__pycache__"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What `module:attribute` or `module:attribute()` says."""

    text: str
    module: str
    attribute: str
    """One name, or several joined by dots."""
    call: bool
    """Whether the parentheses of a factory were given."""


def target(text: str, root: Path) -> Target:
    """Take a target apart.

    Errors: ContractError, with the nearest well-formed target, when it is not one.
    """
    found = SHAPE.fullmatch(text.strip())
    if found is None:
        module, _, attribute = text.strip().partition(":")
        guess = re.sub(r"\.py$", "", module).replace("\\", "/").strip("./").replace("/", ".")
        example = f"{guess or 'service.app'}:{attribute or _assigned(root, guess) or 'app'}"
        example = example if SHAPE.fullmatch(example) else "service.app:app"
        raise ContractError(f'{text!r} is no app, expected "module:app"; run "upheld check {example}"')
    return Target(text=found[0], module=found["module"], attribute=found["attribute"], call=found["call"] is not None)


def imported(aim: Target, root: Path) -> ModuleType:
    """Import the module that a target names, the project's folder first on the path.

    Errors: ContractError when there is none, with the nearest one; when it raises or exits on import, with the line.
    """
    folder = str(root)
    if folder in sys.path:
        sys.path.remove(folder)
    sys.path.insert(0, folder)
    importlib.invalidate_caches()
    module = _import(aim, aim.module, root)
    if module is None:
        raise _not_found(aim, root)
    return module


def attribute(aim: Target, module: ModuleType, root: Path) -> object:
    """Return what a target's attribute names; a submodule that is not imported yet is.

    Errors: ContractError when there is none, with those that come near; as `imported` for a submodule.
    """
    found: object = module
    for name in aim.attribute.split("."):
        inner = getattr(found, name, None)
        if inner is None and isinstance(found, ModuleType) and hasattr(found, "__path__"):
            inner = _import(aim, f"{found.__name__}.{name}", root)
        if inner is None:
            raise _no_attribute(aim, found, name, root)
        found = inner
    return found


def _import(aim: Target, module: str, root: Path) -> ModuleType | None:
    """Import a module; `None` where there is none of that name."""
    try:
        return importlib.import_module(module)
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:
        if isinstance(error, ModuleNotFoundError) and _is_part(error.name, module):
            return None
        raise ContractError(
            f"{aim.text}: importing {module} raised {told(error, root)}, expected an import without errors; "
            f"run \"python -c 'import {module}'\" to see the whole traceback"
        ) from error


def _is_part(missing: str | None, module: str) -> bool:
    return missing is not None and (module == missing or module.startswith(f"{missing}."))


def _not_found(aim: Target, root: Path) -> ContractError:
    names = dict(_modules(root))
    near = difflib.get_close_matches(aim.module, names, n=1, cutoff=0.6)
    last = aim.module.rpartition(".")[2]
    near = near or [name for name in names if name.rpartition(".")[2] == last][:1]
    near = near or _likely(names)
    advice = 'run "upheld check module:app" in the folder that holds the module'
    if near:
        name = near[0]
        app = _assigned(root, name) or aim.attribute
        advice = f'run "upheld check {name}:{app}"'
        if name.startswith("src."):
            advice = f'it is in src/, so run "PYTHONPATH=src upheld check {name.removeprefix("src.")}:{app}"'
    return ContractError(f"{aim.text}: no module {aim.module} below {root}, expected one to import; {advice}")


def _likely(names: Mapping[str, Path], below: str = "") -> list[str]:
    """Return the module that holds an app, if there is one: of several, one with a usual name, the nearest."""
    holding = [name for name, path in names.items() if name.startswith(below) and ASSIGNED.search(_text(path))]
    return sorted(holding, key=lambda name: name.rpartition(".")[2] not in USUAL)[:1]


def _modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield the modules below a folder by dotted name, the nearest first."""
    waiting, count = [root], 0
    while waiting and count < MOST_FILES:
        folder = waiting.pop(0)
        try:
            entries = sorted(folder.iterdir())
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith(".") or entry.name in SKIPPED:
                continue
            if entry.is_dir() and entry.name.isidentifier() and not (entry / "pyvenv.cfg").exists():
                waiting.append(entry)
            elif entry.suffix == ".py" and entry.stem.isidentifier():
                count += 1
                parts = entry.relative_to(root).with_suffix("").parts
                yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), entry


def _assigned(root: Path, module: str) -> str | None:
    """Return the name that a module's text gives to a FastAPI app."""
    place = root.joinpath(*module.split(".")) if module else root
    for path in (place.with_suffix(".py") if module else place / "app.py", place / "__init__.py"):
        if found := ASSIGNED.search(_text(path)):
            return found[1]
    return None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _makes_app(name: str, value: object) -> bool:
    """Whether a function says by its annotation or its name that it makes an app."""
    if not inspect.isfunction(value):
        return False
    made = value.__annotations__.get("return")
    told = made if isinstance(made, str) else getattr(made, "__name__", "")
    return told.rpartition(".")[2] == "FastAPI" or name in {
        "create_app",
        "make_app",
        "build_app",
        "get_app",
        "app_factory",
    }


def _no_attribute(aim: Target, owner: object, name: str, root: Path) -> ContractError:
    names = {key: value for key, value in getattr(owner, "__dict__", {}).items() if not key.startswith("_")}
    apps = [key for key, value in names.items() if isinstance(value, FastAPI)]
    factories = [key for key, value in names.items() if _makes_app(key, value)]
    near = (
        apps
        or factories
        or difflib.get_close_matches(name, [key for key, value in names.items() if callable(value)], n=3)
    )
    seen = f"no {name} in {aim.module}"
    if not near:
        module = next(iter(_likely(dict(_modules(root)), f"{aim.module}.")), aim.module)
        app = _assigned(root, module) or "app"
        return ContractError(f'{aim.text}: {seen}, expected a FastAPI app; run "upheld check {module}:{app}"')
    prefix = aim.attribute.rpartition(".")[0]
    dotted = f"{prefix}.{near[0]}" if prefix else near[0]
    kind = "the FastAPI app" if apps else "a factory," if factories else "a name near it,"
    return ContractError(
        f'{aim.text}: {seen}, expected {kind} {", ".join(near)}; run "upheld check {aim.module}:{dotted}"'
    )
