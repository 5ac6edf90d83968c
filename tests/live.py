"""A small app in a folder of its own, called as a check calls it: watched, judged, one request at a time."""

import json as jsons
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from urllib.parse import urlencode

from tests.modules import forgotten
from upheld import rules
from upheld.contract import load
from upheld.drive import generate
from upheld.drive.inside import watched
from upheld.drive.network import Guard
from upheld.drive.session import Session, drawn
from upheld.model import Application, Credentials, Exchange, Fault, Json, Operation, Request
from upheld.schema import Judge
from upheld.settings import Settings
from upheld.source import read

PRELUDE = """\
import asyncio, contextvars, datetime, decimal, enum, functools, ipaddress, json, math, threading, time, typing, uuid
import typing_extensions
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal
from fastapi import (APIRouter, BackgroundTasks, Body, Cookie, Depends, FastAPI, File, Form, Header, HTTPException, Path,
    Query, Request, Response, Security, UploadFile)
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, StreamingResponse
from fastapi.security import (APIKeyHeader, APIKeyQuery, HTTPAuthorizationCredentials, HTTPBasic, HTTPBasicCredentials,
    HTTPBearer, OAuth2PasswordBearer)
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, RootModel, field_validator, model_validator
app = FastAPI()
"""
"""Stands in front of every app; its own first line is the one after."""

_UNSET = object()


class Live:
    """A running app."""

    def __init__(self, session: Session, application: Application, guard: Guard) -> None:
        self.guard = guard
        self.session = session
        self.application = application
        self.contract = application.contract
        self.operations = {operation.label: operation for operation in application.contract.operations}

    def ask(
        self,
        label: str,
        target: str | None = None,
        *,
        headers: dict[str, str] | None = None,
        json: Json = _UNSET,
        form: dict[str, str] | None = None,
        body: bytes | None = None,
        method: str | None = None,
        credentials: Credentials = Credentials.NONE,
    ) -> Exchange:
        """Send one request for a documented operation; to its own path where no target is given."""
        operation = self.operations[label]
        pairs = [(name.lower(), value) for name, value in (headers or {}).items()]
        if json is not _UNSET:
            body = jsons.dumps(json).encode()
            pairs.insert(0, ("content-type", "application/json"))
        if form is not None:
            body = urlencode(form).encode()
            pairs.insert(0, ("content-type", "application/x-www-form-urlencoded"))
        request = Request(
            method=method or operation.method,
            target=target or operation.path,
            headers=tuple(pairs),
            body=body,
            credentials=credentials,
        )
        return self.session.replay(Exchange(operation=operation, request=request, status=0))


def faults(exchange: Exchange) -> dict[str, Fault]:
    """Return what the rules say about an exchange, by rule: nothing where the framework answered by itself."""
    if exchange.seen.quirk is not None:
        return {}
    return {
        name: fault
        for name, rule in rules.load().items()
        if rule.exchange is not None
        for fault in rule.exchange(exchange)
    }


def operation_faults(application: Application, operation: Operation, exchanges: list[Exchange]) -> dict[str, Fault]:
    """Return what the rules say about an operation that was read and has all its exchanges, by rule."""
    ((_, reading),) = read(application, [operation])
    return {
        name: fault
        for name, rule in rules.load().items()
        if rule.operation is not None
        for fault in rule.operation(operation, reading, exchanges)
    }


@contextmanager
def loaded(source: str, folder: Path, target: str = "shop:app") -> Iterator[Application]:
    """Write `shop.py` in a folder and import it; what it imported is forgotten afterwards."""
    (folder / "shop.py").write_text(PRELUDE + dedent(source), encoding="utf-8")
    with forgotten(folder):
        yield load(target, root=folder)


@contextmanager
def live(source: str, folder: Path, settings: Settings | None = None) -> Iterator[Live]:
    """Run the app that a source makes, watched from before its import."""
    with watched((settings or Settings()).allow_hosts) as guard, loaded(source, folder) as application:
        judge = Judge.of(application.contract.document)
        requests = drawn(application, (settings or Settings()).seed, generate.draw)
        with Session(application, settings or Settings(), judge, requests) as session:
            yield Live(session, application, guard)
