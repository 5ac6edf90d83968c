"""A condition on what a function of the standard library makes of a member is met by some assignment."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.live import loaded
from upheld import source
from upheld.model import Exactly

PRELUDE = """
import base64, bisect, calendar, collections, datetime, difflib, fnmatch, hmac, html, ipaddress, json, math, os, pathlib
import re, shlex, string, unicodedata, urllib.parse, uuid, zlib
from decimal import Decimal
from fastapi import *
app = FastAPI()
USERS = [{"name": "ada"}, {"name": "wanda"}]
class User:
    def __init__(self, name):
        self.name = name
class Store:
    def __init__(self):
        self.users = {}
    def add(self, name):
        self.users[name] = User(name)
    def all(self):
        return list(self.users.values())
store = Store()
store.add("zora")
CHIEFS = {"x": User("otto")}
ROLES = {"admin": ["olga"]}
@app.get("/")
def f(text: str = "", kind: str = "", number: int = 0, day: datetime.date | None = None, price: Decimal = Decimal(0)):
    if """

CASES = (
    "fnmatch.fnmatch(text, 'INV-*')",
    "unicodedata.normalize('NFKC', text) == 'admin'",
    "urllib.parse.unquote(text) == 'a b'",
    "urllib.parse.urlparse(text).hostname == 'internal.example'",
    "urllib.parse.urlsplit(text).scheme == 'gopher'",
    "base64.b64decode(text, validate=True) == b'root'",
    "json.loads(text).get('op') == 'wipe'",
    "shlex.split(text)[0] == 'reboot'",
    "html.unescape(text) == '<b>'",
    "ipaddress.ip_address(text).is_private",
    "re.sub(r'\\D', '', text) == '5550123'",
    "next((user for user in USERS if user['name'] == text), None)",
    "next((user for user in store.all() if user.name == text), None)",
    "any(user.name == text for user in tuple(CHIEFS.values()))",
    "[user for user in reversed(list(CHIEFS.values())) if user.name == text]",
    "text in ROLES['admin']",
    "text.translate(str.maketrans('', '', '- ')) == 'ab12'",
    "string.capwords(text) == 'Big Ben'",
    "bytes.fromhex(text) == b'hi'",
    "int(text, 16) == 48879",
    "datetime.datetime.strptime(text, '%d/%m/%Y').year == 1984",
    "os.path.splitext(text)[1] == '.exe'",
    "pathlib.PurePath(text).suffix == '.bat'",
    "any(word in {'slug'} for word in text.split())",
    "zlib.crc32(text.encode()) % 7 == 3",
    "hmac.compare_digest(text.encode(), b'k-77')",
    "difflib.get_close_matches(text, ['zanzibar'])",
    "math.sqrt(number) == 44",
    "math.gcd(number, 60) == 15",
    "price.quantize(Decimal('0.1')) == Decimal('7.7')",
    "bisect.bisect([10, 20, 30], number) == 2",
    "list(dict.fromkeys(text)) == ['q', 'z']",
    "''.join(sorted(text)) == 'abc'",
    "text[::-1] == 'drow'",
    "'{}:{}'.format(kind, text) == 'k:v'",
    "'<%s>' % text == '<pq>'",
    "collections.Counter(text)['x'] == 4",
    "all(a == b for a, b in zip(text, 'kings')) and text",
    "len(set(text)) == 5",
    "day and (datetime.date(2030, 1, 1) - day).days == 100",
    "day and calendar.isleap(day.year) and day.year < 1950",
    "day and day.isocalendar().week == 53",
    "day and day.strftime('%m-%d') == '03-17'",
    "uuid.UUID(text).version == 1",
    "text and not text.strip()",
    "len(text) > 1 and not text.split()",
)
_TYPES: dict[str, Any] = {"day": dt.date.fromisoformat, "price": lambda value: Decimal(str(value))}


@pytest.mark.parametrize("condition", CASES)
def test_some_assignment_meets_it(condition: str, tmp_path: Path) -> None:
    with loaded(f"{PRELUDE}{condition}: return 'met'", tmp_path) as application:
        ((_, reading),) = source.read(application, application.contract.operations)
        handler = application.contract.operations[0].handler
        assert handler is not None
        asked = [
            {str(where[1]): _TYPES.get(str(where[1]), lambda it: it)(want.value) for where, want in one.items()
             if isinstance(want, Exactly)}
            for one in reading.assignments
        ]  # fmt: skip
        assert any(_met(handler.endpoint, one) for one in asked), asked


def _met(endpoint: Any, asked: dict[str, Any]) -> bool:
    try:
        return bool(endpoint(**asked) == "met")
    except (ValueError, ArithmeticError, LookupError):
        return False
