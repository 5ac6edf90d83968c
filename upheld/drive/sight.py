"""Turns what an answer left behind into what rules read: the line that decided it, and whether the framework did."""

import asyncio
import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from upheld import framework
from upheld.drive import frames as own_frames
from upheld.drive.alternatives import by_alternative
from upheld.drive.asgi import Answer, HangUpError, TimeLimitError
from upheld.drive.frames import Frames, Step, Thrown
from upheld.drive.leniency import Types
from upheld.drive.members import sent_for
from upheld.drive.network import is_ours
from upheld.drive.reads import words
from upheld.drive.watch import Built, Trail, made_at
from upheld.drive.ways_out import ways_out
from upheld.model import Blocking, Handler, Location, Raised, Read, Refusal, Request, Sighting

_FRAMES_MOST = 20
_MESSAGE_MOST = 200
_RENDERING_MOST = 5


def sighting(answer: Answer, request: Request, frames: Frames, types: Types, handler: Handler | None) -> Sighting:
    """Say what was seen inside the app while it gave this answer."""
    trail = answer.trail
    sent = _sent(answer)
    noted = trail.blocking or trail.leaked or trail.reads or trail.refused
    eventful = trail.header_lines or trail.status_lines or noted
    ended = answer.escaped is None and answer.late is None and answer.stuck is None
    if sent is not None and sent.cause is None and ended and not eventful:
        return _plain(answer, request, sent, frames, handler)
    cause = sent.cause if sent is not None else None
    crash, late = answer.escaped, answer.late
    if crash is None and late is not None and sent is not None and _is_last_resort(sent):
        crash, late = late, None
    if late is not None and any(error is late for error, _ in trail.caught[: answer.caught]):
        # The app's handler for every exception has answered; Starlette raises it again for the log. It calls that
        # handler as well where the answer is long complete, and then drops what it returns.
        late = None
    if crash is not None:
        cause = None  # an exception whose handler failed in its turn
    steps = _steps_of(answer, cause)
    raised = _raised(cause, steps, frames) if cause is not None else None
    escaped = None
    if crash is not None:
        error = _single(crash)
        steps = Thrown(error.__traceback__)
        escaped = _raised(error, steps, frames)
    built = frames.nearest(sent.stack) if sent is not None and escaped is None else None
    if built is None and (place := trail.status_lines.get(answer.status)) is not None and cause is None:
        built = frames.location(*place)
    validation = cause if cause is not None and _is_validation(cause) else None
    if validation is not None and type(validation).__name__ == "ResponseValidationError":
        validation = None
    thrown = escaped or raised
    decided_by_author = thrown.location is not None if thrown is not None else built is not None
    if decided_by_author and _begins_in(steps, "starlette/requests.py"):
        decided_by_author = False  # a form that cannot be parsed is refused the same, whoever asked for it
    if escaped is not None and _renders(steps) and framework.cannot_be_said(escaped.kind, escaped.message, request):
        decided_by_author = False  # what FastAPI could not have answered with either, had it been returned
    quirk = None if decided_by_author else _quirk(answer, request, sent.stack if sent else [], steps, raised, escaped)
    if crash is not None and escaped is not None and escaped.location is None and quirk is None:
        escaped = replace(escaped, location=_handled(_single(crash), answer, frames))
    # An answer that could not be serialised was returned as well.
    may_have_returned = built is None and raised is None and (escaped is None or escaped.location is None)
    return Sighting(
        raised=raised,
        escaped=escaped,
        late=_late(late, frames) if late is not None else None,
        built=built,
        returned=returned(handler, frames) if may_have_returned and handler is not None else None,
        header_lines={name: frames.location(*place) for name, place in trail.header_lines.items()}
        if trail.header_lines
        else {},
        refusals=by_alternative(tuple(_refusals(validation, request, frames, types)), request)
        if validation is not None
        else (),
        quirk="network-refused" if is_ours(crash) or (trail.refused and answer.stuck is not None) else quirk,
        stuck=_stuck(answer, frames),
        blocking=tuple(_blocking(trail, frames)) if trail.blocking else (),
        leaked=tuple(line for steps in trail.leaked if (line := frames.nearest(steps)) is not None),
        reads=tuple(_reads(trail, frames)) if trail.reads else (),
        refused=trail.refused,
    )


def _plain(answer: Answer, request: Request, sent: Built, frames: Frames, handler: Handler | None) -> Sighting:
    """Say what was seen where nothing was raised and nothing set by hand, which is most of the time."""
    built = frames.nearest(sent.stack)
    if built is not None:
        return _plainly(built, None, None)
    way_out = returned(handler, frames) if handler is not None else None
    return _plainly(None, way_out, _quirk(answer, request, sent.stack, (), None, None))


@functools.lru_cache(maxsize=1024)
def _plainly(built: Location | None, way_out: Location | None, quirk: str | None) -> Sighting:
    return Sighting(built=built, returned=way_out, quirk=quirk)


def _sent(answer: Answer) -> Built | None:
    """Find the response that was sent: the one whose header list went out, else the last of its status."""
    for built in reversed(answer.trail.built):
        if getattr(built.response, "raw_headers", None) is answer.headers:
            return built
    for built in reversed(answer.trail.built):
        if getattr(built.response, "status_code", None) == answer.status:
            return built
    return None


def _is_last_resort(sent: Built) -> bool:
    """Whether the framework made this response because nobody had caught the exception that it then raises again."""
    return _begins_in(sent.stack, "starlette/middleware/errors.py")


def _steps_of(answer: Answer, cause: BaseException | None) -> Thrown:
    for error, traceback in answer.trail.caught:
        if error is cause:
            return Thrown(traceback)
    return Thrown(None)


def _renders(steps: Iterable[Step]) -> bool:
    """Return whether an exception is about what a response of JSON holds."""
    near = itertools.islice(steps, _RENDERING_MOST)
    return any(own_frames.library_name(code.co_filename) == "starlette/responses.py" for code, _, _ in near)


def _handled(error: BaseException, answer: Answer, frames: Frames) -> Location | None:
    """Return the line that raised what an exception handler was busy with when it failed itself."""
    caught = (steps for one, steps in answer.trail.caught if one is error.__context__)
    return next((line for steps in caught if (line := frames.nearest(Thrown(steps))) is not None), None)


def _begins_in(steps: Iterable[Step], file: str) -> bool:
    for code, _, _ in steps:
        return own_frames.library_name(code.co_filename) == file
    return False


def _is_validation(error: BaseException) -> bool:
    """Whether FastAPI raised it about a request or an answer."""
    return hasattr(error, "errors") and hasattr(error, "body")


def _raised(error: BaseException, steps: Iterable[Step], frames: Frames) -> Raised:
    location = frames.nearest(steps)
    if location is None and not _is_validation(error):
        location = _utility_line(steps, frames)
    return Raised(kind=type(error).__name__, message=_message(error), location=location)


def _late(error: BaseException, frames: Frames) -> Raised | None:
    """Say what was raised once the answer was complete; `None` for what our own cancelling or hanging up raised."""
    error = _single(error)
    if isinstance(error, RuntimeError) and error.__cause__ is not None and _is_handled_too_late(error):
        error = error.__cause__
    if isinstance(error, TimeLimitError | HangUpError | asyncio.CancelledError | GeneratorExit) or is_ours(error):
        return None
    return _raised(error, Thrown(error.__traceback__), frames)


def _is_handled_too_late(error: BaseException) -> bool:
    """Whether Starlette says that an exception met its handler when the answer had begun: the cause tells more."""
    return _begins_in(Thrown(error.__traceback__), "starlette/_exception_handler.py")


def _message(error: BaseException) -> str:
    detail = getattr(error, "detail", None) if hasattr(error, "status_code") else None
    errors = getattr(error, "errors", None)
    try:
        if callable(errors) and _is_validation(error):
            first: dict[str, Any] = next(iter(errors()), {})
            return f"{'.'.join(map(str, first.get('loc', ())))}: {first.get('msg', '')}"[:_MESSAGE_MOST]
        text = str(detail if detail is not None else error)
    except Exception as failure:  # noqa: BLE001 - an exception class of the app whose own __str__ fails
        text = f"<{type(failure).__name__} in its own __str__>"
    return text.splitlines()[0][:_MESSAGE_MOST] if text else ""


def _utility_line(steps: Iterable[Step], frames: Frames) -> Location | None:
    """Return the line that constructed the security utility that raised."""
    for code, _, frame in steps:
        if code.co_varnames[:1] != ("self",) or own_frames.is_dispatch(code.co_filename):
            continue  # a frame's locals take long to look at
        utility = frame.f_locals.get("self") if frame is not None else None
        if utility is not None and (place := made_at(utility)) is not None:
            return frames.location(*place)
    return None


def _single(error: BaseException) -> BaseException:
    """Unwrap exception groups of one, which task groups make."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error


def _refusals(error: Any, request: Request, frames: Frames, types: Types) -> Iterator[Refusal]:
    for entry in error.errors():
        where = tuple(entry.get("loc") or ())
        kind = str(entry.get("type", ""))
        location = None
        context = entry.get("ctx") or {}
        cause = context.get("error") if isinstance(context, Mapping) else None
        if isinstance(cause, BaseException):
            location = frames.nearest(own_frames.of_traceback(cause.__traceback__))
        value = sent_for(request, where) if kind == "missing" and where else entry.get("input")
        yield Refusal(
            where=where,
            kind=kind,
            message=str(entry.get("msg", "")),
            bare=location is None and bool(where) and types.refuses(where, kind, value),
            location=location,
        )


def _quirk(
    answer: Answer,
    request: Request,
    sent: list[Step],
    thrown: Iterable[Step],
    raised: Raised | None,
    escaped: Raised | None,
) -> str | None:
    decided = escaped or raised
    if decided is None and not sent:
        return None
    if decided is None and framework.may_be_nulled(answer.body, request):
        return "json-null"
    steps = thrown if decided is not None else sent
    origin = framework.Origin(
        status=answer.status,
        frames=tuple(
            [
                (own_frames.library_name(code.co_filename), code.co_qualname)
                for code, _, _ in itertools.islice(steps, _FRAMES_MOST)
            ]
        ),
        exception=decided.kind if decided is not None else None,
        detail=decided.message if decided is not None else "",
    )
    return framework.find(origin, request)


def _blocking(trail: Trail, frames: Frames) -> Iterator[Blocking]:
    """Yield one call for each line of the user's own."""
    told: set[Location] = set()
    for (call, _), steps in trail.blocking.items():
        location = frames.nearest(steps)
        if location is not None and location not in told:
            told.add(location)
            yield Blocking(call=call, location=location)


def _reads(trail: Trail, frames: Frames) -> Iterator[Read]:
    for (where, name), (code, line) in trail.reads.items():
        if frames.own(code.co_filename):
            yield Read(where=where, name=name, location=frames.location(code, line), words=words(code, name))


def _stuck(answer: Answer, frames: Frames) -> Location | None:
    if answer.stuck is None:
        return None
    return next((frames.location(code, line) for code, line, _ in answer.stuck if frames.own(code.co_filename)), None)


def returned(handler: Handler, frames: Frames) -> Location | None:
    """Return the line of the handler's `return`, where it has just one way out."""
    if handler not in frames.returned:
        frames.returned[handler] = _returned(handler, frames)
    return frames.returned[handler]


def _returned(handler: Handler, frames: Frames) -> Location | None:
    code = getattr(handler.function, "__code__", None)
    if code is None or not frames.own(code.co_filename):
        return None
    lines = ways_out(handler.function)
    return frames.location(code, lines[0]) if len(lines) == 1 else None
