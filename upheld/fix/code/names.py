"""Names for what is written into the project's code."""

import ast
import keyword
import re

from upheld.fix.code.sites import Function


def argument(wire: str, function: Function) -> str:
    """Return what to call a parameter of a function by its name on the wire: an identifier that is not taken."""
    found = re.sub(r"\W", "_", wire, flags=re.ASCII).strip("_").lower() or "value"
    if found[0].isdigit() or keyword.iskeyword(found):
        found = f"{found}_" if keyword.iskeyword(found) else f"value_{found}"
    arguments = function.args
    parts = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    taken = {part.arg for part in parts if part is not None}
    taken |= {
        node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    } - ({node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)})
    while found in taken:
        found = f"{found}_"
    return found
