"""Documented headers that drawn requests lack: what draws keeps them to itself, or OpenAPI has it ignore them."""

import itertools
import json
import random
from dataclasses import replace

from upheld.drive.sample import sample
from upheld.drive.shape import transportable
from upheld.model import Operation, Request
from upheld.schema import Judge

FORGOTTEN = frozenset({"accept", "accept-encoding", "authorization", "connection", "user-agent"})
"""OpenAPI 3.1.1 ignores a parameter of the first kinds, and FastAPI asks for it none the less."""
_SAMPLES_MOST = 8


def completed(request: Request, operation: Operation, judge: Judge) -> Request:
    """Return a request with those of its headers that the docs require and nothing was drawn for."""
    missing = [
        parameter
        for parameter in operation.parameters
        if parameter.location == "header" and parameter.required and parameter.name.lower() in FORGOTTEN
    ]
    headers = list(request.headers)
    for parameter in missing:
        name = parameter.name.lower()
        if request.header(name) is None:
            chance = random.Random(json.dumps([name, parameter.schema], sort_keys=True, default=str))
            made = [sample(parameter.schema, judge, chance) for _ in range(_SAMPLES_MOST)]
            valid = (one for one in made if one and judge.valid(parameter.schema, one))
            texts = (one if isinstance(one, str) else json.dumps(one) for one in valid)
            headers += [(name, text) for text in itertools.islice(filter(transportable, texts), 1)]
    return replace(request, headers=tuple(headers)) if missing else request
