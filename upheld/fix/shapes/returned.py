"""The type that a route documents for its success, and whether it stands for other answers as well."""

import ast
from collections.abc import Iterable

from upheld.fix.code import Site
from upheld.fix.code.sites import keyword
from upheld.media import documented_media, is_json, media_type, single
from upheld.model import Exchange, Operation
from upheld.schema import Judge


def returned(operation: Operation, site: Site, seen: Iterable[Exchange]) -> str | None:
    """Return the type as it is written in the code, where it accepts the bodies of these answers; else `None`."""
    expression = declared(site)
    response = operation.response(operation.handler.status) if operation.handler is not None else None
    if expression is None or response is None:
        return None
    judge = Judge.of(operation.document)
    for exchange in seen:
        sent = media_type(exchange.header("content-type"))
        entry = documented_media(response.content, sent)
        if not is_json(sent) or entry is None or not entry.schema:
            return None
        for value in single(exchange.body, sent):
            if not judge.valid(entry.schema, value) or next(judge.extra_members(entry.schema, value), None) is not None:
                return None
    return expression


def declared(site: Site) -> str | None:
    """Return what a route says that it returns: its `response_model`, else the annotation of its endpoint."""
    told = keyword(site.call, "response_model")
    if told is None and site.function is not None:
        told = site.function.returns
    if told is None or isinstance(told, ast.Constant):
        return None
    return ast.unparse(told)
