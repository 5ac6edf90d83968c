# Written by `upheld client`; edit the service instead.
"""The documented errors."""

from __future__ import annotations

from . import models
from ._runtime.errors import ErrorResponse


class NotModified(ErrorResponse[None]):
    """304 of Bookshop."""


class BadRequest(ErrorResponse[models.Problem]):
    """400 of Bookshop."""


class Unauthorized(ErrorResponse[models.Problem]):
    """401 of Bookshop."""


class Forbidden(ErrorResponse[models.Problem]):
    """403 of Bookshop."""


class NotFound(ErrorResponse[models.Problem]):
    """404 of Bookshop."""


class Conflict(ErrorResponse[models.Problem]):
    """409 of Bookshop."""


class PreconditionFailed(ErrorResponse[models.Problem]):
    """412 of Bookshop."""


class ContentTooLarge(ErrorResponse[models.Problem]):
    """413 of Bookshop."""


class UnsupportedMediaType(ErrorResponse[models.Problem]):
    """415 of Bookshop."""


class UnprocessableContent(ErrorResponse[models.Problem]):
    """422 of Bookshop."""


class TooManyRequests(ErrorResponse[models.Problem]):
    """429 of Bookshop."""


class ServiceUnavailable(ErrorResponse[models.Problem]):
    """503 of Bookshop."""
