"""Runs Schemathesis' own engine on the counted app in this process: `python -m benchmarks.engine`.

Its settings are its defaults: every check, every phase. Its engine is no promised interface; `schemathesis` is pinned.
"""

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema

from benchmarks import SEED
from benchmarks.counted import app

if __name__ == "__main__":
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, config=SchemathesisConfig(seed=SEED))
    for _ in from_schema(schema).execute():
        pass
