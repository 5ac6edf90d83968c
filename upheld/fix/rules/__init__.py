"""One file a fixable rule; the file's stem is the rule's id. `fix` yields a patch for each finding it can mend."""

import importlib
import pkgutil


def ids() -> frozenset[str]:
    """Return the ids of the rules that have a fixer."""
    return frozenset(module.name.replace("_", "-") for module in pkgutil.iter_modules(__path__))


def page(rule: str) -> str:
    """Return the docstring of a rule's fixer: what it does, and how safe that is; "" where there is none."""
    if rule not in ids():
        return ""
    return importlib.import_module(f"{__name__}.{rule.replace('-', '_')}").__doc__ or ""
