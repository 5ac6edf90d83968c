"""Document the media type: by the response class where every success is one, else beside what is documented.

Safety: docs only. A route gets another response class only where it never returned plain data in any request.
"""

import itertools
from collections.abc import Iterator, Sequence

from upheld.fix.code import Project, Site
from upheld.fix.code.places import covering, place
from upheld.fix.code.sites import keyword
from upheld.fix.edits import Edit, Entry, Keyword, Respond
from upheld.fix.patch import Patch
from upheld.fix.shapes import validation
from upheld.fix.shapes.answers import answers_of
from upheld.fix.shapes.entries import Describer, documented_by_model, joined
from upheld.fix.shapes.made import made_of
from upheld.media import media_type
from upheld.model import Case, Exchange, Operation


def fix(cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
    """Yield a patch for each operation and status whose route is found in the code."""
    describer = Describer.of(project)
    yield from validation.documented(filter(validation.by_the_app, cases), project)
    for answers in answers_of(itertools.filterfalse(validation.by_the_app, cases), project):
        patch = _patch(answers.operation, answers.status, answers.seen, answers.site, describer)
        yield from ((case, patch) for case in answers.cases)


def _patch(operation: Operation, status: int, seen: Sequence[Exchange], site: Site, describer: Describer) -> Patch:
    sent = [one for one in seen if one.body or not one.complete]
    kinds = sorted({media_type(one.header("content-type")) for one in sent})
    name, told = _class(operation, status, sent, site)
    by_class: list[Edit] = [Keyword(call=place(site.call), name="response_class", value=name)] if name else []
    if told is not None and kinds == [media_type(told)]:
        return Patch(summary=f"document {status} as {kinds[0]}, by {name}", edits={site.file.path: tuple(by_class)})
    documented = {media_type(kind) for kind in operation.responses[covering(operation, status)].content}
    missing = [one for one in sent if media_type(one.header("content-type")) not in documented]
    listed = ", ".join(sorted({media_type(one.header("content-type")) for one in missing}))
    described = describer.described(missing, "", site.file, site.call.lineno, in_content=True)
    entry = Entry(content=described.entry.content)
    edits: list[Edit] = by_class if told is None and _has_no_type(operation, kinds) else []
    edits.append(Respond(call=place(site.call), key=covering(operation, status), entry=entry))
    return Patch(
        summary=f"document {listed} for {status}", edits=joined({site.file.path: tuple(edits)}, described.edits)
    )


def _has_no_type(operation: Operation, kinds: Sequence[str]) -> bool:
    """Return whether nobody means the media type that is documented where nothing is said of it."""
    answers = operation.handler.answers if operation.handler is not None else ()
    return (not answers or answers[0] is None) and documented_by_model(operation) not in kinds


def _class(operation: Operation, status: int, seen: Sequence[Exchange], site: Site) -> tuple[str, str | None]:
    """Return the class that every answer is made of, as it is written, and its media type; "" where there is none."""
    handler = operation.handler
    if handler is None or status != handler.status or keyword(site.call, "response_class"):
        return "", None
    made = made_of(site)
    if made is None or any(one.seen.built is None for one in seen):
        return "", None
    return made[0], getattr(made[1], "media_type", None)
