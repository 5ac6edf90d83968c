"""Draws requests from Schemathesis and Hypothesis, as wire records: the only file that knows them.

`iter_coverage_cases` is not a promised interface, which is why the range of Schemathesis' version is narrow; where it
is missing or fails, drawn cases (`as_strategy`, promised) stand in for it.
"""

import contextlib
import functools
import gzip
import itertools
import json
import logging
import re
import sys
import unicodedata
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from upheld.model import Json, Request
from upheld.multipart import BOUNDARY

if TYPE_CHECKING:
    from schemathesis import Case
    from schemathesis.schemas import APIOperation

    AnyCase = Case[Any]
    AnyOperation = APIOperation[Any, Any, Any, Any]

COVERAGE_MOST = 120
DRAWN_POSITIVE, DRAWN_NEGATIVE = 4, 2
"""How many cases are drawn of each operation: 3 ms each for a positive one, 9 ms for a negative one."""
_IN_VAIN_MOST = 50
"""How many values in a row that do not fit are drawn before it is given up."""
_BASE = "http://upheld.invalid"
_NOT_SENT = frozenset(
    {"user-agent", "accept-encoding", "accept", "connection", "content-length", "x-schemathesis-testcaseid", "host"}
)

_MINOR = {"L": "ulmot", "M": "nce", "N": "dlo", "P": "cdseifo", "S": "mcko", "Z": "slp", "C": "onfcs"}
_CATEGORIES = tuple(f"{major}{minor}" for major, minors in _MINOR.items() for minor in minors)
"""Unicode's general categories, of which there will be no others; the last two stand at the end for Hypothesis, too."""
_FEW = 1000


def prepare(home: Path) -> None:
    """Do what takes long and needs no document: imports, and Unicode tables, which Hypothesis keeps in `home`."""
    import schemathesis
    from hypothesis.configuration import set_hypothesis_home_dir

    set_hypothesis_home_dir(home)
    _know_codecs(home)
    _know_categories()
    nothing = {"openapi": "3.1.0", "info": {"title": "", "version": ""}, "paths": {}}
    list(schemathesis.openapi.from_dict(nothing).get_all_operations())  # its parts are imported by their first use


def draw(document: Mapping[str, Json], labels: Sequence[str], seed: int) -> Iterator[tuple[str, list[Request]]]:
    """Yield the requests of the operations labelled `METHOD /path`, in that order, the same for the same seed.

    Operations that Schemathesis cannot read are left out.
    """
    import hypothesis
    import schemathesis

    logging.getLogger("schemathesis").setLevel(logging.CRITICAL)
    with warnings.catch_warnings(), _quick_and_alone():
        warnings.simplefilter("ignore")
        schema = schemathesis.openapi.from_dict(dict(document))
        read = (result.ok() for result in schema.get_all_operations() if hasattr(result, "ok") and not _failed(result))
        operations = {operation.label: operation for operation in read}
        for label in labels:
            if (operation := operations.get(label)) is not None:
                cases = itertools.chain(_coverage(schema, operation), _drawn(hypothesis, operation, seed))
                yield label, list(_wired(cases, operation.method.upper()))


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


def _know_categories() -> None:
    """Tell Hypothesis which categories of characters there are, and which characters most documents ask for.

    It would look at each of a million characters for that, as it still does where others are asked for.
    """
    from hypothesis.internal import charmap as internal

    charmap: Any = internal  # it promises none of the names below
    if all(hasattr(charmap, name) for name in ("_categories", "category_index_cache", "query")):
        charmap._categories = _CATEGORIES
        charmap.category_index_cache[frozenset(_CATEGORIES) - {"Cs"}] = ((0, 0xD7FF), (0xE000, sys.maxunicode))
        charmap.query = _asked_of_few(charmap.query)


def _asked_of_few(query: Callable[..., object]) -> Callable[..., object]:
    """Return a query of characters by category that looks at those between the bounds alone, where they are few."""

    @functools.wraps(query)
    def asked(
        *,
        categories: Collection[str] | None = None,
        min_codepoint: int | None = None,
        max_codepoint: int | None = None,
        include_characters: Collection[str] = "",
        exclude_characters: Collection[str] = "",
    ) -> object:
        bounds = {"min_codepoint": min_codepoint, "max_codepoint": max_codepoint}
        if categories is not None and max_codepoint is not None and max_codepoint <= _FEW:
            few = map(chr, range(min_codepoint or 0, max_codepoint + 1))
            wanted = [character for character in few if unicodedata.category(character) in categories]
            include_characters, categories = [*include_characters, *wanted], ()
        return query(
            categories=categories,
            **bounds,
            include_characters=include_characters,
            exclude_characters=exclude_characters,
        )

    return asked


@contextlib.contextmanager
def _quick_and_alone() -> Iterator[None]:
    """Change three habits of Hypothesis' that no seed knows, or that nobody here waits for, in versions that have them.

    It draws constants out of the modules that happen to be imported; it parses whole source files to say what a lambda
    looks like, which is half of what drawing takes; and it gives up only after 459 values that do not fit.
    """
    from hypothesis.internal import lambda_sources
    from hypothesis.internal.conjecture import engine
    from hypothesis.internal.conjecture import providers as internal

    providers: Any = internal  # it promises none of the names below
    with contextlib.ExitStack() as stack:
        if hasattr(providers, "_get_local_constants"):
            none = providers.Constants()
            providers.CONSTANTS_CACHE.cache.clear()
            stack.enter_context(_replaced(providers, "_get_local_constants", lambda: none))
        if hasattr(lambda_sources, "lambda_description"):
            stack.enter_context(_replaced(lambda_sources, "lambda_description", lambda _: "lambda"))
        if hasattr(engine, "INVALID_THRESHOLD_BASE"):
            stack.enter_context(_replaced(engine, "INVALID_THRESHOLD_BASE", _IN_VAIN_MOST))
        yield


@contextlib.contextmanager
def _replaced(module: Any, name: str, value: object) -> Iterator[None]:
    original = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, original)


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

    for mode, most in ((GenerationMode.POSITIVE, DRAWN_POSITIVE), (GenerationMode.NEGATIVE, DRAWN_NEGATIVE)):
        found: list[AnyCase] = []
        try:
            _draw_into(found, hypothesis, operation.as_strategy(generation_mode=mode), seed, most)
        except (hypothesis.errors.Unsatisfiable, hypothesis.errors.FailedHealthCheck):
            pass  # nothing can be wrong with a request that has no members
        except Exception as error:  # noqa: BLE001 - a schema that Schemathesis cannot draw from, in any way
            logging.getLogger(__name__).debug("%s: nothing drawn (%s)", operation.label, error)
        yield from found


def _draw_into(found: "list[AnyCase]", hypothesis: Any, strategy: Any, seed: int, most: int) -> None:
    settings = hypothesis.settings(
        max_examples=most,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
        verbosity=hypothesis.Verbosity.quiet,
    )

    def keep(case: "AnyCase") -> None:  # a function of its own: Hypothesis reads its signature
        found.append(case)

    hypothesis.seed(seed)(settings(hypothesis.given(strategy)(keep)))()


def _wired(cases: Iterator["AnyCase"], method: str) -> Iterator[Request]:
    import requests

    arguments_of = _serialized()
    seen: set[Request] = set()
    for case in cases:
        if case.method.upper() != method:
            continue
        try:
            wanted = arguments_of(case)
            arguments = {key: wanted[key] for key in _REQUEST_ARGUMENTS if key in wanted}
            prepared = requests.Request(**arguments).prepare()
        except Exception:  # noqa: BLE001, S112 - a value that no request can carry, such as a header with a line break
            continue
        made = _request(prepared)
        if made is not None and made not in seen:
            seen.add(made)
            yield made


def _serialized() -> "Callable[[AnyCase], dict[str, Any]]":
    """Return what makes a case a request: what a case itself calls, once it has imported all other ways to call."""
    try:
        from schemathesis.transport.requests import REQUESTS_TRANSPORT
    except ImportError:
        return lambda case: case.as_transport_kwargs(base_url=_BASE)
    return lambda case: REQUESTS_TRANSPORT.serialize_case(case, base_url=_BASE, headers=None)


_REQUEST_ARGUMENTS = ("method", "url", "headers", "data", "json", "params", "files", "cookies")


def _request(prepared: Any) -> Request | None:
    url = urlsplit(prepared.url)
    body = prepared.body
    if isinstance(body, str):
        body = body.encode("utf-8", errors="surrogatepass")
    if body is not None and not isinstance(body, bytes):
        return None
    # Read from the body: the header may be another one, to see what comes of that.
    chance = re.match(rb"--([0-9a-f]{32})(--)?\r\n", body or b"")
    if body is not None and chance is not None:
        body = body.replace(chance[1], BOUNDARY.encode())
    headers = []
    for name, value in prepared.headers.items():
        text = value.decode("latin-1") if isinstance(value, bytes) else value
        if name.lower() not in _NOT_SENT:
            headers.append((name.lower(), text.replace(chance[1].decode(), BOUNDARY) if chance is not None else text))
    try:
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        target.encode("ascii")
        for _, value in headers:
            value.encode("latin-1")
    except UnicodeEncodeError:
        return None
    return Request(method=prepared.method, target=target, headers=tuple(headers), body=body or None)
