"""The rules, one file each: the file's stem is the rule's id in kebab-case, its docstring the rule's page."""

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from upheld.model import Rule


def ids() -> frozenset[str]:
    """Return the rules' ids without importing them."""
    return frozenset(_id(module.name) for module in pkgutil.iter_modules(__path__))


@cache
def load() -> "dict[str, Rule]":
    """Return every rule by id, in alphabetical order."""
    stems = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {_id(stem): importlib.import_module(f"{__name__}.{stem}").RULE for stem in stems}


def page(rule: str) -> str:
    """Return the docstring of a rule's file. Errors: KeyError for an id that is not there."""
    if rule not in load():
        raise KeyError(rule)
    return importlib.import_module(f"{__name__}.{rule.replace('-', '_')}").__doc__ or ""


def _id(stem: str) -> str:
    return stem.replace("_", "-")
