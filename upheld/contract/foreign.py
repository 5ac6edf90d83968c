"""The name for what FastAPI and Pydantic hand out without publishing its type."""

from typing import Any, TypeAlias

Foreign: TypeAlias = Any
"""A route context, a model field, a core schema: read by feature, since releases differ."""
