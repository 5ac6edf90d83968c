"""What happens to one request of an operation, from the outermost middleware to the endpoint and back."""

import ast
import inspect
from collections.abc import Callable, Iterator
from typing import Any

from fastapi.exceptions import HTTPException as FastAPIHTTPException
from fastapi.exceptions import RequestValidationError
from fastapi.security import (
    APIKeyCookie,
    APIKeyHeader,
    APIKeyQuery,
    HTTPBearer,
    OAuth2,
    OAuth2PasswordRequestForm,
    OAuth2PasswordRequestFormStrict,
)
from fastapi.security.base import SecurityBase
from starlette.exceptions import HTTPException
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import Response

from upheld.model import Called, ClaimKind, Handler, Operation
from upheld.source import answers, items, validators
from upheld.source.code import Code
from upheld.source.computing import Wholes
from upheld.source.exits import Raised
from upheld.source.machine import Machine
from upheld.source.path import Path, Sight
from upheld.source.values import FOREIGN, NONE, Bound, Input, Known, Op, Scope, Special, Thing, Value

Inner = Callable[[], Value]
_NODE = ast.Pass(lineno=0, col_offset=0)
_PASSING = frozenset({"CORSMiddleware", "GZipMiddleware", "SessionMiddleware", "TrustedHostMiddleware"})
_REFUSALS = (401, 403)
"""What a security utility answers."""
_KEYS = {APIKeyHeader: "header", APIKeyQuery: "query", APIKeyCookie: "cookie"}


class Program:
    """Runs an operation's code, one way at a time."""

    def __init__(self, code: Code, operation: Operation, handler: Handler, called: Called) -> None:
        """Take the project's code and the operation with what is called for it."""
        self._code, self._operation, self._handler, self._called = code, operation, handler, called
        self._wholes = Wholes(code)
        self.others: set[int] = set()
        """Statuses that libraries on the way may answer."""
        self._done = False
        """Whether the endpoint has returned on this way, so that what it left for later is run."""

    def roots(self) -> Iterator[object]:
        """Yield what the framework calls for the operation, and what it makes of the request and of the answer."""
        yield from self._handler.answers
        for app in self._handler.apps:
            for middleware in getattr(app, "user_middleware", ()):
                yield from (middleware.cls, *middleware.args, *middleware.kwargs.values())
        waiting = [self._called]
        while waiting:
            called = waiting.pop()
            waiting += called.dependencies
            yield called.call
            for member in called.members.values():
                yield from (member.annotation, *member.checks)

    def handled(self) -> set[object]:
        """Return the exceptions that a handler of some app around it answers."""
        return {cls for app in self._handler.apps for cls in getattr(app, "exception_handlers", None) or {}}

    def run(self, path: Path) -> None:
        """Follow one way, and remember the status that it ends with."""
        machine, self._done = Machine(self._code, path, self._wholes), False
        scope = Scope({}, "")
        try:
            answer = self._app(machine, 0, scope)
        except Raised as raised:
            if raised.cls is None:
                path.lost = True
            return
        self._answered(machine, answer)
        if self._done:
            machine.afterwards()

    def _answered(self, machine: Machine, answer: Value) -> None:
        status, place = answers.answered(answer)
        known = self._status(machine, status)
        if known is not None and place is not None:
            machine.path.meet(Sight(kind=ClaimKind.STATUS, location=place, status=known))
        elif known is not None:
            self.others.add(known)
        else:
            machine.path.lost = True

    def _status(self, machine: Machine, status: Value | None) -> int | None:
        match status:
            case Known(value=int() as known) if not isinstance(known, bool):
                return int(known)
            case Op(name="item", args=(Known(value=dict() as table), index)):
                one = items.one_of(
                    machine, [*table.values()], ("status", index), state=False, index=index, keys=[*table]
                )
                self.others.update(value for value in table.values() if isinstance(value, int))
                return self._status(machine, one) if isinstance(one, Known) else None
        return None

    # Apps and their middleware -------------------------------------------------------------------------------------

    def _app(self, machine: Machine, at: int, scope: Scope) -> Value:
        if at >= len(self._handler.apps):
            return self._endpoint(machine, scope)
        app: Any = self._handler.apps[at]

        def core() -> Value:
            return self._handled(machine, app, lambda: self._app(machine, at + 1, scope), scope)

        inner: Inner = core
        for middleware in reversed(getattr(app, "user_middleware", ())):
            inner = self._layer(machine, middleware, inner, scope)
        return inner()

    def _layer(self, machine: Machine, middleware: Any, inner: Inner, scope: Scope) -> Inner:
        cls, options = middleware.cls, dict(middleware.kwargs)
        loop = Scope({}, "", waits=True)
        request = Special("request", self._operation)
        dispatch = options.get("dispatch")
        if cls is BaseHTTPMiddleware and dispatch is not None:
            return lambda: machine.call(Known(dispatch), [request, Special("next", inner)], {}, loop, _NODE)
        if not inspect.isclass(cls) or not self._code.owns(cls):
            return self._foreign_layer(machine, cls, inner)

        def layer() -> Value:
            made = Thing(cls, {"app": Special("app", inner)})
            init = inspect.getattr_static(cls, "__init__", None)
            if inspect.isfunction(init) and self._code.node(init) is not None:
                given = {name: Known(value) for name, value in options.items()}
                machine.run(init, [made, Special("app", inner), *map(Known, middleware.args)], given, loop)
            static = inspect.getattr_static(
                cls, "dispatch" if issubclass(cls, BaseHTTPMiddleware) else "__call__", None
            )
            if not inspect.isfunction(static):
                machine.path.lost = True
                return inner()
            if issubclass(cls, BaseHTTPMiddleware):
                return machine.call(Bound(Known(static), made), [request, Special("next", inner)], {}, loop, _NODE)
            machine.sent = NONE
            parts: list[Value] = [Special("scope", self._operation), FOREIGN, Special("send")]
            machine.call(Bound(Known(static), made), parts, {}, loop, _NODE)
            return machine.sent

        return layer

    def _foreign_layer(self, machine: Machine, cls: Any, inner: Inner) -> Inner:
        name = getattr(cls, "__name__", "")
        if name not in _PASSING:
            machine.path.lost = True
        self.others.add(400)
        return inner

    def _handled(self, machine: Machine, app: Any, inner: Inner, scope: Scope) -> Value:
        handlers = dict(getattr(app, "exception_handlers", None) or {})
        foreign = [cls for cls, own in handlers.items() if self._code.owns(own) and self._foreign(cls)]
        way = machine.path.choose(("handlers", *map(id, foreign)), len(foreign) + 1) if foreign else 0
        try:
            if way:  # a library raised it, or FastAPI did
                machine.path.open = True
                raise Raised(Thing(foreign[way - 1], made=False), None)  # noqa: TRY301 - as they do
            return inner()
        except Raised as raised:
            if raised.cls is None:
                raise
            status = raised.field("status_code")
            found = None
            if issubclass(raised.cls, HTTPException) and isinstance(status, Known):
                found = handlers.get(status.value)
            for cls in raised.cls.__mro__:
                found = found or handlers.get(cls)
            if found is not None and self._code.owns(found):
                waits = Scope({}, "", waits=inspect.iscoroutinefunction(found))
                arguments: list[Value] = [Special("request", self._operation), raised.value]
                answer = machine.call(Known(found), arguments, {}, waits, _NODE)
                if raised.place is not None and isinstance(answer, Thing):
                    return Special("answer", (answer.fields.get("status_code"), raised.place))
                return answer
            if issubclass(raised.cls, HTTPException):
                return Special("answer", (status, raised.place))
            raise

    def _foreign(self, cls: Any) -> bool:
        """Return whether an exception is raised by no line of the app's alone."""
        return inspect.isclass(cls) and not issubclass(cls, HTTPException) and not self._code.owns(cls)

    # Dependencies and the endpoint -----------------------------------------------------------------------------------

    def _endpoint(self, machine: Machine, scope: Scope) -> Value:
        injected = Thing(Response, made=False)
        value = self._solved(machine, self._called, {}, injected)
        self._done = True
        if isinstance(value, Thing) and issubclass(value.cls, Response) and value is not injected:
            return value
        if isinstance(value, Known) and isinstance(value.value, Response):
            return value
        if isinstance(value, Thing) and not value.made:
            machine.path.lost = machine.path.lost or issubclass(Response, value.cls)
        if "status_code" in injected.fields:
            return Special("answer", (injected.fields["status_code"], injected.place))
        return Special("answer", (Known(self._handler.status), self._handler.location))

    def _solved(self, machine: Machine, called: Called, cache: dict[int, Value], response: Thing) -> Value:
        """Return what a callable returns, after what it depends on."""
        given: dict[str, Value] = {}
        for below in called.dependencies:
            known = id(below.call)
            if known not in cache:
                cache[known] = self._solved(machine, below, cache, response)
            if below.parameter:
                given[below.parameter] = cache[known]
        for name, member in called.members.items():
            where = (member.location, member.name) if member.name else (member.location,)
            if member.location == "header" and member.name:
                where = ("header", member.name.lower())
            given[name] = taken = Input(where, member.annotation)
            try:
                validators.check(machine, taken, member.checks, Scope({}, "", waits=True), _NODE)
            except Raised as raised:
                raise validators.refused(raised, RequestValidationError) from None
            given[name] = validators.made(machine, taken)
        for name, kind in called.injected.items():
            known_kinds: dict[str, Value] = {
                "response": response,
                "background_tasks": Special("tasks"),
                "request": Special("request", self._operation),
                "http_connection": Special("request", self._operation),
            }
            given[name] = known_kinds.get(kind, FOREIGN)
        call: Any = called.call
        if isinstance(call, SecurityBase):
            return self._secured(machine, call)
        if call in (OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict):
            return Thing(call, {**given, "scopes": Op("method", (given["scope"], Known("split")))})
        waits = _waits(call)
        function = inspect.unwrap(call)
        if not self._code.owns(call) and not self._code.owns(function):
            machine.path.lost = True  # a library's own dependency may answer anything
        machine.take_paused()
        value = machine.call(Known(call), [], given, Scope({}, "", waits=waits, pauses=True), _NODE)
        paused = machine.take_paused()
        if paused is not None:
            machine.later.append(paused.close)
        return value

    def _secured(self, machine: Machine, utility: SecurityBase) -> Value:
        """Return what a security utility of FastAPI's hands over. Errors: Raised, where the app answers its refusal."""
        optional = not getattr(utility, "auto_error", True)
        if not optional:
            self.others.update(_REFUSALS)
            own = any(cls in self.handled() for cls in (*HTTPException.__mro__[:-1], FastAPIHTTPException, *_REFUSALS))
            way = machine.path.choose(("secured", id(utility)), 1 + len(_REFUSALS)) if own else 0
            if way:
                machine.path.open = True
                raise Raised(Thing(HTTPException, {"status_code": Known(_REFUSALS[way - 1])}, made=False), None)
        for cls, location in _KEYS.items():
            if isinstance(utility, cls):
                name = str(getattr(utility.model, "name", ""))
                return Input((location, name.lower() if location == "header" else name), str | None)
        if isinstance(utility, HTTPBearer | OAuth2):
            token = Op("method", (Input(("header", "authorization"), str), Known("removeprefix"), Known("Bearer ")))
            if isinstance(utility, OAuth2):
                return token
            return Thing(type("Credentials", (), {}), {"credentials": token, "scheme": Known("Bearer")})
        return FOREIGN


def _waits(call: Any) -> bool:
    function = call if inspect.isroutine(call) or inspect.isclass(call) else getattr(call, "__call__", call)  # noqa: B004
    while hasattr(function, "func"):
        function = function.func
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)
