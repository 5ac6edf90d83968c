"""All edits of a source, made together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import assert_never

from upheld.fix.edits.bench import Bench, BusyError
from upheld.fix.edits.calls import set_keyword
from upheld.fix.edits.definitions import define
from upheld.fix.edits.expressions import remove, replace
from upheld.fix.edits.functions import add_parameter, make_synchronous
from upheld.fix.edits.imports import import_name
from upheld.fix.edits.kinds import (
    Define,
    Edit,
    EditError,
    Import,
    Keyword,
    Move,
    Parameter,
    Place,
    Remove,
    Replace,
    Respond,
    Synchronous,
    Unrespond,
)
from upheld.fix.edits.responses import respond, unrespond
from upheld.fix.edits.text import Text, moved, parsed, spliced


@dataclass(slots=True)
class _Step:
    edit: Edit
    at: dict[str, int]
    """Where its places are now."""


def apply(
    source: str,
    edits: Sequence[Edit],
    *,
    width: int,
    shared: Collection[str] = (),
    values: Mapping[str, object] | None = None,
) -> str:
    """Return a source with all edits made; all that they do not name stays, to the character.

    Shapes: places are of the source as given, with the byte order mark left out. What is said already is not said
    again, so that a second time changes nothing. `shared` are the names that other modules use as well: what they stand
    for is left alone, and spread where more is to be said. `values` are the module's names and what they stand for
    while it runs, which tells what an imported dict says.
    Errors: EditError, naming the place, when an edit finds nothing to edit or what comes out does not parse.
    """
    if not edits:
        return source
    mark = "\ufeff" if source.startswith("\ufeff") else ""
    text = Text(source.removeprefix(mark), shared=shared, values=values)
    _ = text.tree
    steps = [_Step(edit, _offsets(edit, text)) for edit in edits]
    defined = [step for step in steps if isinstance(step.edit, Define | Move)]
    imported = [step for step in steps if isinstance(step.edit, Import)]
    bench = Bench(text, width=width)
    left = [*(step for step in steps if step not in defined and step not in imported), *imported]
    while left:
        try:
            _make(bench, left[0])
        except BusyError:
            bench.forget()
            bench = _flushed(bench, [*left, *defined])
            _make(bench, left[0])
        bench.close()
        left.pop(0)
    if defined:
        bench = _flushed(bench, defined)
        codes = [(step.edit.code, step.at.get("before")) for step in defined if isinstance(step.edit, Define)]
        define(bench, codes, [step.at["statement"] for step in defined if isinstance(step.edit, Move)])
    result = spliced(bench.text.source, bench.splices)
    parsed(result)
    return mark + result


def _offsets(edit: Edit, text: Text) -> dict[str, int]:
    values = {each.name: getattr(edit, each.name) for each in fields(edit)}
    return {name: text.offset(value) for name, value in values.items() if isinstance(value, Place)}


def _flushed(bench: Bench, steps: list[_Step]) -> Bench:
    """Make the changes so far, and read the source anew."""
    if not bench.splices:
        return bench
    for step in steps:
        for name, offset in step.at.items():
            if (now := moved(offset, bench.splices, ends=name == "end")) is None:
                raise EditError(f"{bench.text.place(offset)}: another edit has taken out what stands here")
            step.at[name] = now
    return Bench(bench.text.changed(spliced(bench.text.source, bench.splices)), width=bench.width)


def _make(bench: Bench, step: _Step) -> None:
    match step.edit:
        case Respond(key=key, entry=entry, over=over):
            respond(bench, bench.call(step.at["call"]), key, entry, over=over)
        case Unrespond(key=key):
            unrespond(bench, bench.call(step.at["call"]), key)
        case Keyword(name=name, value=value):
            set_keyword(bench, bench.call(step.at["call"]), name, value)
        case Import(module=module, name=name, bound=bound):
            import_name(bench, module, name, bound)
        case Parameter(code=code):
            add_parameter(bench, step.at["function"], code)
        case Synchronous():
            make_synchronous(bench, step.at["function"])
        case Replace(code=code):
            replace(bench, step.at["expression"], step.at.get("end"), code)
        case Remove():
            remove(bench, step.at["element"])
        case Define() | Move():
            raise AssertionError(step)  # made together, at the end
        case _:
            assert_never(step.edit)
