"""Two documents, operation by operation."""

from collections.abc import Mapping

from upheld.diff.access import security, servers
from upheld.diff.answers import answers
from upheld.diff.context import Context, Pair
from upheld.diff.operations import Call
from upheld.diff.requests import body, parameters, said
from upheld.model import Change, Json, Policy, UpheldError

Calls = Mapping[tuple[str, str], Call]


def compare(old: Mapping[str, Json], new: Mapping[str, Json], policy: Policy | None = None) -> tuple[Change, ...]:
    """Return what changed, in the order of the new document; what is gone stands behind what is left.

    Shapes: valid OpenAPI 3.0 to 3.2, as `upheld.contract.document` reads it.
    Errors: UpheldError for references that lead nowhere, out of the document or round in a circle, and for schemas that
    are nested too deeply.
    """
    context = Context.of(old, new, policy or Policy())
    try:
        _operations(context, context.old.calls(), context.new.calls())
        _calls_back(context, context.old.calls("webhooks"), context.new.calls("webhooks"), "webhook")
    except RecursionError:
        raise UpheldError(
            "the documents are nested too deeply to be compared, expected schemas some hundred levels deep at most; "
            "give the inner ones names"
        ) from None
    return tuple(context.found.changes())


def _operations(context: Context, old: Calls, new: Calls) -> None:
    identities = {call.part.raw.get("operationId"): call for call in new.values()}
    for key, call in new.items():
        if key in old:
            _operation(context, Pair(old[key], call))
        else:
            summary = call.part.raw.get("summary")
            told = f"the operation is new{f': {summary}' if isinstance(summary, str) else ''}"
            context.found.structure("operation-added", call, None, call.part.pointer, told)
    for key, call in old.items():
        if key not in new:
            identity = call.part.raw.get("operationId")
            other = identities.get(identity) if identity is not None else None
            told = f"the operation is gone{f'; {other.label} has its operation id' if other is not None else ''}"
            gone = call.part.raw.get("deprecated") is True
            context.found.structure(
                "operation-removed", call, call.part.pointer, None, told, breaks=True, deprecated=gone
            )


def _operation(context: Context, pair: Pair) -> None:
    alike = pair.old.path == pair.new.path and context.sameness.same(pair.old.part.raw, pair.new.part.raw)
    for key in ("parameters", "servers"):
        alike = alike and context.sameness.same(pair.old.item.raw.get(key), pair.new.item.raw.get(key))
    if alike and context.same_defaults:
        return
    security(context, pair)
    servers(context, pair)
    if alike:
        return
    parameters(context, pair)
    body(context, pair)
    answers(context, pair)
    _callbacks(context, pair)
    _names(context, pair)


def _names(context: Context, pair: Pair) -> None:
    old, new = pair.old.part, pair.new.part
    said(context, pair, old, new, "the operation")
    identities = [part.raw.get("operationId") for part in (old, new)]
    if identities[0] is not None and identities[0] != identities[1]:
        told = f"operation id {identities[0]} → {identities[1] or 'none'}"
        context.found.structure("operation-id-changed", pair.new, old.pointer, new.pointer, told)
    if pair.old.tags != pair.new.tags:
        told = f"tags {', '.join(pair.old.tags) or 'none'} → {', '.join(pair.new.tags) or 'none'}"
        context.found.structure("tags-changed", pair.new, old.pointer, new.pointer, told)


def _callbacks(context: Context, pair: Pair) -> None:
    old, new = dict(context.old.callbacks(pair.old)), dict(context.new.callbacks(pair.new))
    for name in dict.fromkeys((*new, *old)):
        _calls_back(context, old.get(name, {}), new.get(name, {}), f"callback {name}", pair)


def _calls_back(context: Context, old: Calls, new: Calls, name: str, caller: Pair | None = None) -> None:
    """Find what changed in the calls that the service makes."""
    for key, call in new.items():
        at = caller.new if caller is not None else call
        if key not in old:
            told = f"{name} {call.label} is new"
            context.found.structure("callback-added", at, None, call.part.pointer, told)
            continue
        pair = Pair(old[key], call, inward=False)
        if not context.sameness.same(pair.old.part.raw, call.part.raw):
            body(context, pair)
            answers(context, pair)
            _names(context, pair)
    for key, call in old.items():
        if key not in new:
            at = caller.new if caller is not None else call
            told = f"{name} {call.label} is gone"
            context.found.structure("callback-removed", at, call.part.pointer, None, told, breaks=True)
