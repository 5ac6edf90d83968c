"""Logs as JSON, one object a line, each with the id of the request it belongs to."""

import logging
from contextvars import ContextVar

from pythonjsonlogger.json import JsonFormatter

REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)


def configure(level: str) -> None:
    """Write what the shop logs to standard error; what libraries log is up to whoever runs the process."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter("%(levelname)s %(name)s %(message)s", timestamp=True))
    handler.addFilter(_with_request_id)
    shop = logging.getLogger(__package__)
    shop.handlers = [handler]
    shop.setLevel(level.upper())
    shop.propagate = False


def _with_request_id(record: logging.LogRecord) -> bool:
    record.request_id = REQUEST_ID.get()
    return True
