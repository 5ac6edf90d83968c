"""What the figures were measured on."""

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("fastapi", "starlette", "pydantic", "schemathesis", "hypothesis", "uvicorn")


def describe() -> str:
    """Return one sentence: processor, cores, Python and the packages that matter."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{_processor()}, {cores} cores, {platform.system()}, Python {platform.python_version()}, {packages}"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*:\s*(.+)$", told.read_text(), re.MULTILINE) if told.exists() else None
    return found[1] if found is not None else platform.processor() or platform.machine()
