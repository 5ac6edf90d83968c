"""Members of a request that may be one of several models: each is tried, and what tells it is asked of the request."""

import ast
from typing import TYPE_CHECKING, Literal, get_args, get_origin

from pydantic import BaseModel

from upheld.model import Where
from upheld.source.annotations import bare, member, models_of
from upheld.source.operations import op
from upheld.source.values import NONE, Input, Known, Scope

if TYPE_CHECKING:
    from upheld.source.machine import Machine


def chosen(
    machine: "Machine", where: Where, models: tuple[type[BaseModel], ...], node: ast.AST, scope: Scope
) -> type[BaseModel]:
    """Return which of several models a member is on this way."""
    if where not in machine.path.kinds:
        way = machine.path.choose((*machine.place(node, scope), "kind"), len(models))
        machine.path.kinds[where] = models[way]
        this = Input(where, models[way])
        for name, field in models[way].model_fields.items():
            part = member(this, name)
            values = get_args(bare(field.annotation)[0]) if get_origin(bare(field.annotation)[0]) is Literal else ()
            told = op("==", part, Known(values[0])) if part is not None and values else None
            if told is not None:
                machine.path.conditions.append((told, True))
            elif part is not None and field.is_required() and (absent := op("is", part, NONE)) is not None:
                machine.path.conditions.append((absent, False))
    return machine.path.kinds[where]


def narrowed(machine: "Machine", this: Input, node: ast.AST, scope: Scope) -> Input:
    """Return a member as the model that it is on this way; as it is where it may be but one."""
    models = models_of(this.annotation)
    if not models:
        return this
    return Input(this.where, chosen(machine, this.where, models, node, scope), this.optional)
