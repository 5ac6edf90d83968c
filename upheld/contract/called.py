"""What FastAPI calls for a request, in which order, and what it hands to each: a `Dependant` as records of our own."""

from fastapi.dependencies import utils
from fastapi.dependencies.models import Dependant

from upheld.contract.foreign import Foreign
from upheld.contract.handlers import LOCATIONS, parameter_model, wire_name
from upheld.model import Called, Member

INJECTED = ("request", "response", "http_connection", "background_tasks", "security_scopes")
_DEEPEST = 24


def called(dependant: Dependant) -> Called | None:
    """Return an endpoint with all its dependencies; `None` where nothing is called, or a circle is."""
    return _called(dependant, embedded=_embedded(dependant), depth=0)


def _called(dependant: Dependant, *, embedded: bool, depth: int) -> Called | None:
    if dependant.call is None or depth > _DEEPEST:
        return None
    inner = [_called(below, embedded=embedded, depth=depth + 1) for below in dependant.dependencies]
    members: dict[str, Member] = {}
    for location in LOCATIONS:
        for field in getattr(dependant, f"{location}_params"):
            members[field.name] = _member(field, location, whole=parameter_model(field.field_info) is not None)
    for field in dependant.body_params:
        members[field.name] = _member(field, "body", whole=not embedded)
    injected = {name: kind for kind in INJECTED if (name := getattr(dependant, f"{kind}_param_name", None)) is not None}
    return Called(
        call=dependant.call,
        parameter=dependant.name or "",
        members=members,
        injected=injected,
        dependencies=tuple(one for one in inner if one is not None),
    )


def _member(field: Foreign, location: str, *, whole: bool) -> Member:
    name = "" if whole else wire_name(field, convert=False)
    info = field.field_info
    return Member(
        location=location, name=name, annotation=info.annotation, checks=(*info.metadata, info.default_factory)
    )


def _embedded(dependant: Dependant) -> bool:
    """Whether each body parameter stands below its own name; FastAPI's own answer, where it still gives one."""
    fields, waiting = [], [dependant]
    while waiting:
        one = waiting.pop(0)
        fields += one.body_params
        waiting += one.dependencies
    decide: Foreign = getattr(utils, "_should_embed_body_fields", None)
    if decide is not None:
        return bool(decide(fields))
    return len({field.name for field in fields}) > 1
