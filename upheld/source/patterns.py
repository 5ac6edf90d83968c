"""What a `case` asks of its subject."""

import ast
import inspect
from typing import TYPE_CHECKING

from upheld.source import expressions, items, modelled, objects
from upheld.source.operations import op
from upheld.source.values import FOREIGN, Display, Input, Known, Scope, Value

if TYPE_CHECKING:
    from upheld.source.machine import Machine


def matches(machine: "Machine", pattern: ast.pattern, subject: Value, scope: Scope) -> bool:
    """Return whether a pattern takes a subject on this way; names that it binds are set."""
    match pattern:
        case ast.MatchValue():
            same = expressions.computed(machine, "==", [subject, machine.eval(pattern.value, scope)], pattern, scope)
            return machine.truth(same, pattern, scope)
        case ast.MatchSingleton():
            same = expressions.computed(machine, "is", [subject, Known(pattern.value)], pattern, scope)
            return machine.truth(same, pattern, scope)
        case ast.MatchOr():
            return any(matches(machine, part, subject, scope) for part in pattern.patterns)
        case ast.MatchAs():
            if pattern.pattern is not None and not matches(machine, pattern.pattern, subject, scope):
                return False
            if pattern.name is not None:
                scope.names[pattern.name] = subject
            return True
        case ast.MatchSequence():
            return _sequence(machine, pattern, subject, scope)
        case ast.MatchMapping():
            return _mapping(machine, pattern, subject, scope)
        case ast.MatchClass():
            return _class(machine, pattern, subject, scope)
    return bool(machine.path.fork(machine.place(pattern, scope)))


def _sequence(machine: "Machine", pattern: ast.MatchSequence, subject: Value, scope: Scope) -> bool:
    if any(isinstance(part, ast.MatchStar) for part in pattern.patterns):
        return bool(machine.path.fork(machine.place(pattern, scope)))
    if isinstance(subject, Display):
        return len(subject.items) == len(pattern.patterns) and all(
            matches(machine, part, one, scope) for part, one in zip(pattern.patterns, subject.items, strict=True)
        )
    size = op("==", op("call", Known(len), subject) or FOREIGN, Known(len(pattern.patterns))) or FOREIGN
    if not machine.truth(size, pattern, scope):
        return False
    parts = [items.item(machine, subject, Known(at), pattern, scope) for at in range(len(pattern.patterns))]
    return all(matches(machine, part, one, scope) for part, one in zip(pattern.patterns, parts, strict=True))


def _mapping(machine: "Machine", pattern: ast.MatchMapping, subject: Value, scope: Scope) -> bool:
    for name, part in zip(pattern.keys, pattern.patterns, strict=True):
        known = machine.eval(name, scope)
        if not isinstance(subject, Input) or not isinstance(known, Known):
            return bool(machine.path.fork(machine.place(pattern, scope)))
        inner = Input((*subject.where, str(known.value)), None, optional=True)
        absent = op("is", inner, Known(None)) or FOREIGN
        if machine.truth(absent, name, scope) or not matches(machine, part, inner, scope):
            return False
    return True


def _class(machine: "Machine", pattern: ast.MatchClass, subject: Value, scope: Scope) -> bool:
    kind = machine.eval(pattern.cls, scope)
    if not isinstance(kind, Known) or not inspect.isclass(kind.value):
        return bool(machine.path.fork(machine.place(pattern, scope)))
    fits = modelled.MODELLED[isinstance](machine, [subject, kind], {}, scope, pattern)
    if not machine.truth(fits, pattern, scope):
        return False
    names = [*getattr(kind.value, "__match_args__", ())[: len(pattern.patterns)], *pattern.kwd_attrs]
    parts = [*pattern.patterns, *pattern.kwd_patterns]
    if pattern.patterns and not hasattr(kind.value, "__match_args__"):
        return matches(machine, pattern.patterns[0], subject, scope)
    return all(
        matches(machine, part, objects.attribute(machine, subject, name, scope, part), scope)
        for name, part in zip(names, parts, strict=False)
    )
