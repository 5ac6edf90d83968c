"""Contract to client package: what a caller can rely on, as methods, errors and models."""

from upheld.client.describe import Description, describe
from upheld.client.generate import generate
from upheld.client.models import ClientError
from upheld.client.package import stale, write

__all__ = ["ClientError", "Description", "describe", "generate", "stale", "write"]
