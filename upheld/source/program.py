"""What happens to one request of an operation, from the outermost middleware to the endpoint and back."""

import ast
import inspect
from collections.abc import Callable
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.security import APIKeyCookie, APIKeyHeader, APIKeyQuery, HTTPBearer, OAuth2
from fastapi.security.base import SecurityBase
from starlette.exceptions import HTTPException
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import Response

from upheld.model import Called, ClaimKind, Handler, Operation
from upheld.source import expressions
from upheld.source.code import Code
from upheld.source.machine import Machine, Raised
from upheld.source.path import Path, Sight
from upheld.source.values import FOREIGN, NONE, Bound, Input, Known, Op, Scope, Special, Thing, Value

Inner = Callable[[], Value]
_NODE = ast.Pass(lineno=0, col_offset=0)
_PASSING = frozenset({"CORSMiddleware", "GZipMiddleware", "SessionMiddleware", "TrustedHostMiddleware"})
_KEYS = {APIKeyHeader: "header", APIKeyQuery: "query", APIKeyCookie: "cookie"}


class Program:
    """Runs an operation's code, one way at a time."""

    def __init__(self, code: Code, operation: Operation, handler: Handler, called: Called) -> None:
        """Take the project's code and the operation with what is called for it."""
        self._code, self._operation, self._handler, self._called = code, operation, handler, called
        self.others: set[int] = set()
        """Statuses that libraries on the way may answer."""
        self._done = False
        """Whether the endpoint has returned on this way, so that what it left for later is run."""

    def run(self, path: Path) -> None:
        """Follow one way, and remember the status that it ends with."""
        machine, self._done = Machine(self._code, path), False
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
        if isinstance(answer, Special) and answer.name == "answer":
            status, place = answer.payload
        elif isinstance(answer, Thing) and issubclass(answer.cls, Response):
            status, place = answer.fields.get("status_code"), answer.place
        else:
            machine.path.lost = True
            return
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
                one = expressions.one_of(
                    machine, [*table.values()], ("status", index), state=False, index=index, keys=[*table]
                )
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
        own = handlers.get(RequestValidationError)
        refused = own is not None and self._code.owns(own) and machine.path.choose(("validation",))
        try:
            if refused:
                machine.path.open = True
                raise Raised(Thing(RequestValidationError, made=False), None)  # noqa: TRY301 - as FastAPI does
            return inner()
        except Raised as raised:
            if raised.cls is None:
                raise
            status = raised.value.fields.get("status_code") if isinstance(raised.value, Thing) else None
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

    # Dependencies and the endpoint -----------------------------------------------------------------------------------

    def _endpoint(self, machine: Machine, scope: Scope) -> Value:
        injected = Thing(Response, made=False)
        value = self._solved(machine, self._called, {}, injected)
        self._done = True
        if isinstance(value, Thing) and issubclass(value.cls, Response) and value is not injected:
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
            given[name] = Input(where, member.annotation)
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
            return self._secured(call)
        waits = _waits(call)
        function = inspect.unwrap(call)
        if not self._code.owns(call) and not self._code.owns(function):
            machine.path.lost = True  # a library's own dependency may answer anything
        node = self._code.node(function)
        if (
            node is not None
            and any(isinstance(part, ast.Yield) for part in ast.walk(node))
            and any(isinstance(part, ast.Raise) for part in ast.walk(node))
        ):
            machine.path.lost = True  # what comes after its `yield` is not followed
        return machine.call(Known(call), [], given, Scope({}, "", waits=waits), _NODE)

    def _secured(self, utility: SecurityBase) -> Value:
        """Return what a security utility of FastAPI's hands over."""
        optional = not getattr(utility, "auto_error", True)
        if not optional:
            self.others.update((401, 403))
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
