"""Functions of the standard library that only compute: they may be called while reading, and some turned round."""

import base64
import binascii
import bisect
import calendar
import collections
import datetime as dt
import difflib
import fnmatch
import html
import ipaddress
import json
import math
import pathlib
import posixpath
import re
import shlex
import string
import textwrap
import unicodedata
import urllib.parse
import uuid
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from upheld.pattern import drawn

VALUES = (
    urllib.parse.ParseResult, urllib.parse.SplitResult, ipaddress.IPv4Address, ipaddress.IPv6Address,
    ipaddress.IPv4Network, ipaddress.IPv6Network, pathlib.PurePosixPath,
)  # fmt: skip
"""Types of what they return, whose methods only compute as well."""
DATA = frozenset(
    {
        "scheme", "netloc", "hostname", "port", "path", "query", "fragment", "username", "password", "is_private",
        "is_loopback", "is_global", "is_multicast", "is_reserved", "is_link_local", "is_unspecified", "prefixlen",
        "num_addresses", "suffix", "suffixes", "stem", "parts", "week", "variant",
    }
)  # fmt: skip
"""What these have beside methods."""
_MODULES: Mapping[Any, tuple[str, ...]] = {
    base64: ("b64decode", "b64encode", "urlsafe_b64decode", "urlsafe_b64encode", "b32decode", "b16decode"),
    binascii: ("unhexlify", "hexlify", "crc32"),
    bisect: ("bisect", "bisect_left", "bisect_right"),
    calendar: ("isleap", "monthrange", "weekday"),
    collections: ("Counter",),
    difflib: ("get_close_matches",),
    fnmatch: ("fnmatch", "fnmatchcase"),
    html: ("escape", "unescape"),
    ipaddress: ("ip_address", "ip_network", "IPv4Address", "IPv6Address"),
    json: ("loads", "dumps"),
    math: ("sqrt", "floor", "ceil", "trunc", "gcd", "lcm", "isqrt", "log", "log2", "log10", "hypot", "fabs", "isclose",
           "fmod", "prod", "fsum", "sin", "cos", "radians", "degrees", "isfinite", "isnan", "isinf"),
    pathlib: ("PurePath", "PurePosixPath"),
    posixpath: ("basename", "dirname", "split", "splitext", "join", "normpath", "isabs"),
    re: ("sub", "split", "findall", "escape"),
    shlex: ("split", "join", "quote"),
    string: ("capwords",),
    textwrap: ("dedent", "shorten"),
    unicodedata: ("normalize", "category", "name", "decimal", "numeric", "bidirectional"),
    urllib.parse: ("quote", "quote_plus", "unquote", "unquote_plus", "urlparse", "urlsplit", "parse_qs", "parse_qsl",
                   "urlencode", "urljoin"),
    uuid: ("UUID",),
    zlib: ("crc32", "adler32"),
}  # fmt: skip
FUNCTIONS: frozenset[Any] = frozenset(
    {
        str.maketrans, bytes.fromhex, dict.fromkeys, dt.datetime.strptime,
        *(getattr(module, name) for module, names in _MODULES.items() for name in names),
    }
)  # fmt: skip
_ADDRESSES = ("10.0.0.1", "127.0.0.1", "8.8.8.8", "224.0.0.1", "169.254.1.1", "::1", "fe80::1", "2001:4860::8888")
_SHORT = tuple("abcdefghijkl")
_TURNED: Mapping[Any, Callable[[Any], Any]] = {
    base64.b64decode: lambda target: base64.b64encode(_bytes(target)).decode(),
    base64.urlsafe_b64decode: lambda target: base64.urlsafe_b64encode(_bytes(target)).decode(),
    binascii.unhexlify: lambda target: _bytes(target).hex(),
    bytes.fromhex: lambda target: _bytes(target).hex(),
    collections.Counter: lambda target: "".join(str(part) * count for part, count in target.items()),
    dict.fromkeys: "".join,
    html.unescape: html.escape,
    json.loads: json.dumps,
    math.sqrt: lambda target: target**2,
    math.isqrt: lambda target: target**2,
    math.log10: lambda target: 10**target,
    math.log2: lambda target: 2**target,
    shlex.split: lambda target: shlex.join(map(str, target)),
    urllib.parse.unquote: urllib.parse.quote,
    urllib.parse.unquote_plus: urllib.parse.quote_plus,
    urllib.parse.parse_qs: lambda target: urllib.parse.urlencode(target, doseq=True),
}


def turned(function: Any, arguments: list[Any], target: Any) -> Iterator[Any]:
    """Yield what a function may be called with for it to return a value; the other arguments are given."""
    inner = function.func if isinstance(function, partial) else function
    turn = _TURNED.get(inner)
    if turn is not None:
        yield turn(target)
    if inner == dt.datetime.strptime:
        yield from (target.strftime(form) for form in arguments if isinstance(form, str))
    elif inner in (ipaddress.ip_address, ipaddress.ip_network, ipaddress.IPv4Address, ipaddress.IPv6Address):
        yield from _ADDRESSES
    elif inner in (re.findall, re.split) and arguments and isinstance(arguments[0], str):
        yield from drawn(arguments[0])
    elif inner is calendar.isleap:
        yield from (2024, 2023, 2000, 1904, 1900, 2104)
    elif inner is uuid.UUID:
        yield from (f"00000000-0000-{version}000-8000-000000000000" for version in (4, 1, 3, 5))
    yield from (target, str(target))
    for argument in arguments:
        yield from argument if isinstance(argument, list | tuple | set | dict) else (argument,)
    yield from _SHORT


def holding(name: str, target: Any) -> Iterator[str]:
    """Yield texts of which a part has a value: addresses of the web, names of files."""
    if name in ("hostname", "netloc"):
        yield f"http://{target}/"
    elif name in _PARTS:
        yield _PARTS[name].format(target)


_PARTS = {
    "scheme": "{}://a/", "port": "http://a:{}/", "query": "http://a/?{}", "fragment": "http://a/#{}",
    "username": "http://{}@a/", "password": "http://a:{}@b/", "path": "http://a{}", "suffix": "a{}", "stem": "{}.a",
}  # fmt: skip


def joined(parts: Any, separator: Any) -> str:
    """Return a text that is split into parts, or into as many as something is long."""
    known = parts if isinstance(parts, list) else "a" * len(parts)
    return (separator if isinstance(separator, str) and separator else " ").join(map(str, known))


def _bytes(target: Any) -> bytes:
    return target if isinstance(target, bytes) else str(target).encode()
