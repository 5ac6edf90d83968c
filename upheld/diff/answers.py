"""What changed in what an operation answers: statuses, media types, bodies, headers."""

import re
from collections.abc import Mapping

from upheld.diff.context import Context, Pair
from upheld.diff.exchanges import answer
from upheld.diff.finding import ABSENT, Finding
from upheld.diff.operations import Part
from upheld.diff.requests import covering
from upheld.model import Json

ASKED_FOR = frozenset({"206", "304"})
"""What is answered only to those who asked for a range, or for what has changed (RFC 9110, 14.2 and 13.1)."""


def answers(context: Context, pair: Pair) -> None:
    """Find what changed in an operation's answers."""
    old, new = context.old.answers(pair.old), context.new.answers(pair.new)
    succeeds = any(_succeeds(key) for key in new) or "default" in new
    for status in dict.fromkeys((*new, *old)):
        before, after = _covering(old, status), _covering(new, status)
        if before is None and after is not None:
            _come(context, pair, status, after)
        elif after is None and before is not None:
            _gone(context, pair, status, before, breaks=_succeeds(status) and not succeeds)
        elif before is not None and after is not None and not context.sameness.same(before.raw, after.raw):
            _answer(context, pair, status, before, after)


def _covering(answers: Mapping[str, Part], status: str) -> Part | None:
    """Return what is documented for a status: exact key before range before `default`."""
    keys = (status, f"{status[0]}XX", "default") if re.fullmatch("[1-5][0-9]{2}", status) else (status, "default")
    return next((answers[key] for key in keys if key in answers), None)


def _succeeds(status: str) -> bool:
    return status[0] in "23"


def _come(context: Context, pair: Pair, status: str, part: Part) -> None:
    succeeds = _succeeds(status)
    rule = "success-status-added" if succeeds else "error-status-added"
    told = f"{_named(status)} is answered that was not"
    breaks = succeeds and pair.inward and status not in ASKED_FOR
    context.found.structure(rule, pair.new, None, part.pointer, told, breaks=breaks)


def _gone(context: Context, pair: Pair, status: str, part: Part, *, breaks: bool) -> None:
    rule = "success-status-removed" if _succeeds(status) else "error-status-removed"
    rest = ", and no other success is documented" if breaks else ""
    context.found.structure(rule, pair.new, part.pointer, None, f"{_named(status)} is gone{rest}", breaks=breaks)


def _named(status: str) -> str:
    return "any other status" if status == "default" else status


def _answer(context: Context, pair: Pair, status: str, old: Part, new: Part) -> None:
    place = f"answer {status}"
    if old.raw.get("description") != new.raw.get("description"):
        told = f"{place}: its description changed"
        context.found.structure("text-changed", pair.new, old.pointer, new.pointer, told)
    before, after = context.old.content(old), context.new.content(new)
    if before and not after:
        told = f"{place}: its body is no longer described; it was {', '.join(before)}"
        context.found.structure("response-body-removed", pair.new, old.pointer, new.pointer, told, breaks=pair.inward)
    elif after and not before:
        told = f"{place}: its body is described now, as {', '.join(after)}"
        context.found.structure("response-body-added", pair.new, old.pointer, new.pointer, told)
    else:
        _media_types(context, pair, status, before, after)
    _headers(context, pair, status, old, new)


def _media_types(
    context: Context, pair: Pair, status: str, before: Mapping[str, Part], after: Mapping[str, Part]
) -> None:
    place = f"answer {status}"
    for name, part in after.items():
        match = covering(before, name)
        if match is None:
            told = f"{place} may come as {name}"
            context.found.structure("response-media-type-added", pair.new, None, part.pointer, told)
            continue
        for key in ("schema", "itemSchema"):
            for change in context.schema(pair.answer, before[match], part, key, wire=False):
                exchange: Mapping[str, Json] = {}
                if change.value is not ABSENT:
                    exchange = answer(status, name, change.value)
                context.add(change, pair, pair.answer, exchange, f"the body of {status}")
    for name, part in before.items():
        if covering(after, name) is None and not any(covering(before, new) == name for new in after):
            told = f"{place} no longer comes as {name}"
            context.found.structure(
                "response-media-type-removed", pair.new, part.pointer, None, told, breaks=pair.inward
            )


def _headers(context: Context, pair: Pair, status: str, old: Part, new: Part) -> None:
    before, after = context.old.headers(old), context.new.headers(new)
    found = context.found
    for name, part in before.items():
        called = f"answer {status}: header {name}"
        was = part.raw.get("required") is True
        if name not in after:
            told = f"{called} is gone; it was {'always there' if was else 'optional'}"
            found.structure("response-header-removed", pair.new, part.pointer, None, told, breaks=was)
            continue
        now = after[name].raw.get("required") is True
        if was and not now:
            told = f"{called} may be missing"
            found.structure("response-header-optional", pair.new, part.pointer, after[name].pointer, told, breaks=True)
        elif now and not was:
            told = f"{called} is always there"
            found.structure("response-header-required", pair.new, part.pointer, after[name].pointer, told)
        for change in _header(context, pair, part, after[name]):
            exchange: Mapping[str, Json] = {}
            if change.value is not ABSENT:
                exchange = answer(status, "", None, {name: change.value})
            context.add(change, pair, pair.answer, exchange, f"header {name} of {status}")
    for name, part in after.items():
        if name not in before:
            told = f"answer {status}: header {name} is new"
            found.structure("response-header-added", pair.new, None, part.pointer, told)


def _header(context: Context, pair: Pair, old: Part, new: Part) -> list[Finding]:
    contents = context.old.content(old), context.new.content(new)
    one, other = (next(iter(c.values()), part) for c, part in zip(contents, (old, new), strict=True))
    return context.schema(pair.answer, one, other, wire=not any(contents))
