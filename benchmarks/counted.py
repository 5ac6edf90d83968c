"""The app of ten operations behind a counter: one measure for every tool that sends requests to it.

At exit, a JSON object is written to the file that BENCHMARK_RECORD names: the seconds from the loaded app to the last
answer, how many requests differed, and all that arrived, in that order.
"""

import atexit
import base64
import json
import os
import time
from pathlib import Path

from benchmarks.counter import Counter
from benchmarks.ten import app

__all__ = ["app"]


def _write() -> None:
    requests = [
        {
            "method": method,
            "path": path,
            "raw_path": raw_path.decode(),
            "query": query.decode(),
            "headers": [[name.decode("latin-1"), value.decode("latin-1")] for name, value in headers],
            "body": base64.b64encode(body).decode(),
        }
        for method, path, raw_path, query, headers, body in Counter.arrived
    ]
    distinct = len(set(Counter.arrived))
    record = {"seconds": Counter.last - Counter.began, "distinct": distinct, "requests": requests}
    Path(os.environ["BENCHMARK_RECORD"]).write_text(json.dumps(record), encoding="utf-8")


app.add_middleware(Counter)
atexit.register(_write)
Counter.began = time.perf_counter()
