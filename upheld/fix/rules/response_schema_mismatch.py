"""Document the body that is sent: an error's beside what is documented for it, a success's in place of the model.

Safety: docs only where every answer was a Response of the route's own, which no model touches; where some were made by
the model, behaviour changes, and where all were, by hand. What validation answers through a handler of the app's is
documented once, at the app.
"""

import ast
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from upheld.fix.code import Project, Site
from upheld.fix.code.places import covering, place
from upheld.fix.code.tables import entry, member
from upheld.fix.edits import Keyword, Respond
from upheld.fix.patch import Patch
from upheld.fix.shapes import validation
from upheld.fix.shapes.answers import answers_of
from upheld.fix.shapes.entries import Describer, joined
from upheld.fix.shapes.returned import declared
from upheld.fix.shapes.words import description
from upheld.media import documented_answer, single
from upheld.model import Case, Exchange, Operation, Safety
from upheld.schema import Judge

BY_ITS_MODEL = (
    "the model writes what its own documentation refuses: validate the value where it is made (`model_copy` and "
    "`model_construct` do not), or document the model as it is"
)


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch for each operation and status whose route is found in the code."""
    describer = Describer.of(project)
    yield from validation.documented(filter(validation.by_the_app, cases), project)
    for answers in answers_of(itertools.filterfalse(validation.by_the_app, cases), project):
        patch = _patch(answers.operation, answers.status, answers.seen, answers.site, describer)
        yield from ((case, patch) for case in answers.cases if patch is not None)


def _patch(
    operation: Operation, status: int, seen: Sequence[Exchange], site: Site, describer: Describer
) -> Patch | None:
    if operation.handler is not None and status == operation.handler.status:
        return _success(operation, seen, site, describer)
    key, documented = f"{status}", covering(operation, status)
    rest = [one for one in seen if not _fits(one)]
    written = member(entry(site.file, site.call, documented), "model")
    text = description(status, seen, (), describer.files)
    if written is not None:
        told = describer.described(rest, None if documented == key else text, site.file, site.call.lineno)
        kept = f"{ast.unparse(written)} | " if len(rest) < len(seen) else ""
        described = replace(told.entry, model=f"{kept}{told.entry.model}" if told.entry.model else None)
    else:
        told = describer.described(seen, text, site.file, site.call.lineno)
        described = told.entry
    if described.model is None and not described.content:
        return None
    edit = Respond(call=place(site.call), key=key, entry=described, over=True)
    return Patch(summary=f"document {status} as {told.what}", edits=joined(told.edits, {site.file.path: (edit,)}))


def _success(operation: Operation, seen: Sequence[Exchange], site: Site, describer: Describer) -> Patch | None:
    """Return what documents a Response that was sent past the model.

    Where others are made by the model, they are then made by one of two: almost always by the same as before.
    """
    if all(one.seen.built is None for one in seen if not _fits(one)):
        return Patch(summary=BY_ITS_MODEL, safety=Safety.BY_HAND)
    old = declared(site)
    passed = all(one.seen.built is not None for one in seen)
    rest = [one for one in seen if not _fits(one)] if old is not None else seen
    told = describer.described(rest, None, site.file, site.call.lineno)
    if told.entry.model is None:
        return None
    model = f"{old} | {told.entry.model}" if old is not None and len(rest) < len(seen) else told.entry.model
    edit = Keyword(call=place(site.call), name="response_model", value=model)
    return Patch(
        summary=f"document {operation.handler.status if operation.handler else 200} as {model}",
        safety=Safety.DOCS if passed else Safety.BEHAVIOUR,
        edits=joined(told.edits, {site.file.path: (edit,)}),
    )


def _fits(seen: Exchange) -> bool:
    _, sent, documented = documented_answer(seen)
    judge = Judge.of(seen.operation.document)
    return (
        documented is not None
        and documented.schema is not None
        and all(judge.valid(documented.schema, value) for value in single(seen.body, sent))
    )
