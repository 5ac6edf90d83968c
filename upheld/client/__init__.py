"""Contract to client package: what a caller can rely on, as Pydantic models."""

from upheld.client.models import ClientError, render
from upheld.client.package import stale, write

__all__ = ["ClientError", "render", "stale", "write"]
