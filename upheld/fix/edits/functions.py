"""Signatures: a further parameter, and `def` for `async def`."""

import ast

from upheld.fix.edits.bench import Bench, halves
from upheld.fix.edits.kinds import EditError
from upheld.fix.edits.literals import adapted
from upheld.fix.edits.syntax import Tree
from upheld.fix.edits.text import parsed


def add_parameter(bench: Bench, offset: int, code: str) -> None:
    """Give a function a further parameter, unless it has it. Errors: EditError."""
    node = bench.function(offset)
    name, has_default = _read(code)
    known = node.args
    positional = [*known.posonlyargs, *known.args]
    others = [each for each in (known.vararg, known.kwarg) if each]
    if any(each.arg == name for each in [*positional, *known.kwonlyargs, *others]):
        start = bench.text.at(node)
        bench.check(start, start)
        return
    bracket = _signature(bench, node).closing(_closing(bench, node))
    at = len(bracket.items) - (known.kwarg is not None)
    if known.vararg is None and not known.kwonlyargs and known.defaults and not has_default:
        bracket.insert(at, ["*"], bench.text)
        at += 1
    bracket.insert(at, [adapted(code.strip(), bench.text)], bench.text)


def _read(code: str) -> tuple[str, bool]:
    match parsed(f"def _({code}\n): ...").body:
        case [ast.FunctionDef(args=ast.arguments(args=[one], posonlyargs=[], kwonlyargs=[], defaults=defaults))]:
            return one.arg, bool(defaults)
        case _:
            raise EditError(f"{code!r:.80} is not one parameter")


def make_synchronous(bench: Bench, offset: int) -> None:
    """Make `def` of `async def`. Errors: EditError."""
    node = bench.function(offset)
    start = bench.text.at(node)
    bench.check(start, start + 1)
    if isinstance(node, ast.FunctionDef):
        return
    tree = _signature(bench, node)
    at = bench.text.significant(start + len("async"))
    _, rest = halves(tree.parts, at + len("def"))
    tree.parts = ["def", *rest]
    tree.closing(_closing(bench, node)).touched = True


def _signature(bench: Bench, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Tree:
    text = bench.text
    first = node.body[0]
    end = text.at(first)
    if decorators := getattr(first, "decorator_list", []):
        end = text.source.rindex("@", 0, text.at(decorators[0]))
    return bench.open(text.at(node), end, before="", after="pass")


def _closing(bench: Bench, node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    tree = _signature(bench, node)
    return max(tree.brackets) + 1
