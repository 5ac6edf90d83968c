"""Draws requests from Schemathesis and Hypothesis, as wire records: the only file that knows them.

`iter_coverage_cases` is not a promised interface, which is why the range of Schemathesis' version is narrow; where it
is missing or fails, drawn cases (`as_strategy`, promised) stand in for it.
"""

import contextlib
import gzip
import itertools
import json
import logging
import re
import sys
import unicodedata
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from upheld.drive.multipart import BOUNDARY
from upheld.model import Json, Request

if TYPE_CHECKING:
    from schemathesis import Case
    from schemathesis.schemas import APIOperation

    AnyCase = Case[Any]
    AnyOperation = APIOperation[Any, Any, Any, Any]

COVERAGE_MOST = 120
DRAWN_PER_MODE = 12
_BASE = "http://upheld.invalid"
_NOT_SENT = frozenset(
    {"user-agent", "accept-encoding", "accept", "connection", "content-length", "x-schemathesis-testcaseid", "host"}
)


def draw(
    document: Mapping[str, Json], labels: frozenset[str], seed: int, folder: Path
) -> Iterator[tuple[str, list[Request]]]:
    """Yield the requests of each operation labelled `METHOD /path`, the same for the same document and seed.

    Operations that Schemathesis cannot read come out with no request. Hypothesis keeps its own files in `folder`.
    """
    import hypothesis
    import schemathesis
    from hypothesis.configuration import set_hypothesis_home_dir

    set_hypothesis_home_dir(folder / "hypothesis")
    _know_codecs(folder / "hypothesis")
    logging.getLogger("schemathesis").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        schema = schemathesis.openapi.from_dict(dict(document))
        for result in schema.get_all_operations():
            operation = result.ok() if hasattr(result, "ok") and not _failed(result) else None
            if operation is None or operation.label not in labels:
                continue
            cases = itertools.chain(_coverage(schema, operation), _drawn(hypothesis, operation, seed))
            yield operation.label, list(_wired(cases, operation.method.upper()))


def _know_codecs(home: Path) -> None:
    """Lay out the tables that Hypothesis would make by trying each character, which takes seconds.

    They are its own cache files, by version in the name: another version does not find them and makes its own.
    """
    encodable = {"utf-8": [[0, 0xD7FF], [0xE000, sys.maxunicode]], "ascii": [[0, 0x7F]]}
    for codec, intervals in encodable.items():
        path = home / "unicode_data" / unicodedata.unidata_version / f"codec-v2-{codec}.json.gz"
        if not path.exists():
            with contextlib.suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(gzip.compress(json.dumps([intervals, []]).encode(), mtime=1))


def _failed(result: Any) -> bool:
    return type(result).__name__ == "Err"


def _coverage(schema: Any, operation: "AnyOperation") -> Iterator["AnyCase"]:
    try:
        from schemathesis.generation.modes import GenerationMode

        cases = schema.iter_coverage_cases(
            operation,
            generation_modes=list(GenerationMode),
            generation_config=schema.config.generation_for(operation=operation, phase="coverage"),
        )
        yield from itertools.islice(cases, COVERAGE_MOST)
    except Exception:  # noqa: BLE001 - an internal interface may fail in any way; drawn cases follow
        return


def _drawn(hypothesis: Any, operation: "AnyOperation", seed: int) -> Iterator["AnyCase"]:
    from schemathesis.generation.modes import GenerationMode

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        found: list[AnyCase] = []
        settings = hypothesis.settings(
            max_examples=DRAWN_PER_MODE,
            database=None,
            deadline=None,
            phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
            verbosity=hypothesis.Verbosity.quiet,
        )
        try:
            strategy = operation.as_strategy(generation_mode=mode)
            hypothesis.seed(seed)(settings(hypothesis.given(strategy)(found.append)))()
        except Exception:  # noqa: BLE001, S110 - no negative data, or a schema that Hypothesis cannot satisfy
            pass
        yield from found


def _wired(cases: Iterator["AnyCase"], method: str) -> Iterator[Request]:
    import requests

    seen: set[Request] = set()
    for case in cases:
        if case.method.upper() != method:
            continue
        try:
            wanted = case.as_transport_kwargs(base_url=_BASE)
            arguments = {key: wanted[key] for key in _REQUEST_ARGUMENTS if key in wanted}
            prepared = requests.Request(**arguments).prepare()
        except Exception:  # noqa: BLE001, S112 - a value that no request can carry, such as a header with a line break
            continue
        made = _request(prepared)
        if made is not None and made not in seen:
            seen.add(made)
            yield made


_REQUEST_ARGUMENTS = ("method", "url", "headers", "data", "json", "params", "files", "cookies")


def _request(prepared: Any) -> Request | None:
    url = urlsplit(prepared.url)
    body = prepared.body
    if isinstance(body, str):
        body = body.encode("utf-8", errors="surrogatepass")
    if body is not None and not isinstance(body, bytes):
        return None
    headers = []
    for name, value in prepared.headers.items():
        text = value.decode("latin-1") if isinstance(value, bytes) else value
        if name.lower() not in _NOT_SENT:
            headers.append((name.lower(), text))
    for position, (name, value) in enumerate(headers):
        if name == "content-type" and (found := re.search(r"boundary=([0-9a-f]{32})", value)):
            headers[position] = (name, value.replace(found[1], BOUNDARY))
            body = body.replace(found[1].encode(), BOUNDARY.encode()) if body is not None else None
    try:
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        target.encode("ascii")
        for _, value in headers:
            value.encode("latin-1")
    except UnicodeEncodeError:
        return None
    return Request(method=prepared.method, target=target, headers=tuple(headers), body=body or None)
