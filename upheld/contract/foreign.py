"""The name for what FastAPI, Pydantic and PyYAML hand out without publishing its type."""

from typing import Any, TypeAlias

Foreign: TypeAlias = Any
"""A route context, a model field, a core schema, an event: read by feature, since releases differ."""
