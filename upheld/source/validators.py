"""What a model or a type of the app's runs on a value when it is validated."""

import ast
import dataclasses
import inspect
from collections.abc import Iterable, Iterator
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, WrapValidator

from upheld.source.annotations import bare, items_of, member, model_of
from upheld.source.exits import Raised
from upheld.source.values import FOREIGN, Bound, Input, Known, Op, Scope, Thing, Value

if TYPE_CHECKING:
    from upheld.source.machine import Machine

_DEEPEST = 3
"""How many models are followed within each other."""
Field: TypeAlias = tuple[str, Value]


def unchanged(value: object) -> object:
    """Stand for what a validator that wraps others calls."""
    return value


def refused(raised: Raised, kind: type) -> Raised:
    """Return what comes of what a validator raised: `kind`, where it refused the value."""
    refuses = raised.cls is not None and issubclass(raised.cls, ValueError | AssertionError)
    return Raised(Thing(kind, made=False), None) if refuses else raised


def check(
    machine: "Machine", this: Input, checks: Iterable[object], scope: Scope, node: ast.AST, depth: int = 0
) -> None:
    """Run what validates a member of the request, and remember what it makes of it. Errors: Raised, as it does."""
    for function, wraps in _functions([*checks, *_metadata(this.annotation)]):
        _keep(machine, this, _call(machine, function, made(machine, this), scope, node, wraps=wraps))
    inner = items_of(this.annotation)
    if inner is not None and depth < _DEEPEST and not isinstance(inner, str):
        check(machine, Input((*this.where, 0), inner), (), scope, node, depth + 1)
    model = model_of(this.annotation)
    if model is not None and depth < _DEEPEST:
        parts = [(name, part) for name in model.model_fields if (part := member(this, name)) is not None]
        for name, part in parts:
            check(machine, part, model.model_fields[name].metadata, scope, node, depth + 1)
        check_model(machine, model, this, parts, scope, node)
    kind, _ = bare(this.annotation)
    if inspect.isclass(kind) and dataclasses.is_dataclass(kind):
        _after_init(machine, kind, "__post_init__", this, [], scope, node)


def made(machine: "Machine", this: Value) -> Value:
    """Return what validators have made of a member."""
    return machine.path.made.get(this.where, this) if isinstance(this, Input) else this


def _keep(machine: "Machine", this: Input, result: Value) -> None:
    """Remember what a validator returned, where that is anything else and is known."""
    if isinstance(result, Op) or (isinstance(result, Known) and result.value is not None):
        machine.path.made[this.where] = result


def check_model(
    machine: "Machine", model: type[BaseModel], this: Value, parts: Iterable[Field], scope: Scope, node: ast.AST
) -> None:
    """Run the validators of a model of the app's, those of its members first. Errors: Raised, as they do."""
    found: Any = model.__pydantic_decorators__
    known = dict(parts)
    for validator in [*found.validators.values(), *found.field_validators.values()]:
        for name in validator.info.fields:
            mode = getattr(validator.info, "mode", "")
            for value in (known[name],) if name in known else known.values() if name == "*" else ():
                result = _call(machine, validator.func, made(machine, value), scope, node, wraps=mode == "wrap")
                if isinstance(value, Input) and (mode != "before" or bare(value.annotation)[0] is str):
                    _keep(machine, value, result)
    for whole in found.model_validators.values():
        _call(machine, whole.func, this, scope, node, wraps=whole.info.mode == "wrap")
    _after_init(machine, model, "model_post_init", this, [FOREIGN], scope, node)


def _after_init(
    machine: "Machine", cls: type, name: str, this: Value, args: list[Value], scope: Scope, node: ast.AST
) -> None:
    static = inspect.getattr_static(cls, name, None)
    if inspect.isfunction(static) and machine.code.owns(static):
        machine.call(Bound(Known(static), this), args, {}, scope, node)


def _metadata(annotation: Any) -> Iterator[object]:
    """Yield what stands beside a type in `Annotated`, also in that of an alternative."""
    if type(annotation).__name__ == "TypeAliasType":
        annotation = annotation.__value__
    if get_origin(annotation) is Annotated:
        yield from get_args(annotation)[1:]
    elif get_origin(annotation) in (Union, UnionType):
        for part in get_args(annotation):
            yield from _metadata(part)


def _functions(checks: Iterable[object]) -> Iterator[tuple[Any, bool]]:
    """Yield the functions of validators in `Annotated`, and whether each is handed the next one."""
    for one in checks:
        if type(one).__module__.startswith("pydantic") and callable(function := getattr(one, "func", None)):
            yield function, isinstance(one, WrapValidator)


def _call(
    machine: "Machine", function: Any, value: Value, scope: Scope, node: ast.AST, *, wraps: bool = False
) -> Value:
    if not machine.code.owns(getattr(function, "__func__", function)):
        return FOREIGN
    try:
        count = len(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        count = 1
    args: list[Value] = [value, Known(unchanged) if wraps else FOREIGN, FOREIGN]
    return machine.call(Known(function), args[:count], {}, scope, node)
