"""Connections and look-ups that leave this machine are refused, told with their line, and never a server-error."""

import errno
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.drive.marked import GET
from tests.live import faults, live
from upheld.drive.network import Guard, RefusedError, UnknownHostError, guarded
from upheld.settings import Settings
from upheld.tallies import Tallies
from upheld.witness import Mask

FAR = "192.0.2.1"
"""Of TEST-NET-1 (RFC 5737): nobody's."""
NAME = "db.invalid"
"""No one's name (RFC 6761)."""


def sent(address: tuple[str, int], family: int = socket.AF_INET) -> None:
    with socket.socket(family, socket.SOCK_DGRAM) as sock:
        sock.sendto(b"", address)


def paired() -> None:
    for one in socket.socketpair():
        one.close()


def guard_allows(address: tuple[str, int]) -> None:
    with socket.socket() as sock:
        Guard(["10.1.0.0/16", "DB.internal."]).connect("", (sock, address))


REFUSED = {
    "a connection": (lambda: socket.create_connection((FAR, 5432), 1), RefusedError),
    "a look-up before it": (lambda: socket.create_connection((NAME, 5432), 1), UnknownHostError),
    "a look-up": (lambda: socket.getaddrinfo(NAME, 80), UnknownHostError),
    "a look-up of bytes": (lambda: socket.getaddrinfo(NAME.encode(), 80), UnknownHostError),
    "an old look-up": (lambda: socket.gethostbyname(NAME), UnknownHostError),
    "an older one": (lambda: socket.gethostbyname_ex(NAME), UnknownHostError),
    "a look-up of a name": (lambda: socket.gethostbyaddr(FAR), UnknownHostError),
    "another of a name": (lambda: socket.getnameinfo((FAR, 80), 0), UnknownHostError),
    "a datagram": (lambda: sent((FAR, 53)), RefusedError),
    "a datagram of IPv6": (lambda: sent(("2001:db8::1", 53), socket.AF_INET6), RefusedError),
    "a network that is not allowed": (lambda: sent(("10.9.0.1", 53)), RefusedError),
}
LET_BE = {
    "a name of this machine": lambda: socket.getaddrinfo("localhost", 80),
    "its address": lambda: socket.getaddrinfo("127.0.0.1", 80),
    "any address, for it is not asked about": lambda: socket.getaddrinfo(FAR, 80),
    "no host": lambda: socket.getaddrinfo(None, 80),
    "a datagram to this machine": lambda: sent(("127.0.0.1", 9)),
    "one to all of it": lambda: sent(("127.8.9.1", 9)),
    "a pair of sockets": paired,
    "a network that is allowed": lambda: guard_allows(("10.1.2.3", 80)),
    "a host that is allowed": lambda: guard_allows(("db.internal", 80)),
}


@pytest.mark.parametrize(("attempt", "error"), REFUSED.values(), ids=REFUSED)
def test_refused(attempt: Callable[[], object], error: type[OSError]) -> None:
    with guarded(["10.1.0.0/16"]), pytest.raises(error, match="is another machine; the check refuses it"):
        attempt()


@pytest.mark.parametrize("attempt", LET_BE.values(), ids=LET_BE)
def test_let_be(attempt: Callable[[], object]) -> None:
    with guarded():
        attempt()


def test_what_an_allowed_name_resolves_to_may_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (FAR, 5432))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with guarded([NAME]) as guard, socket.socket() as sock:
        with pytest.raises(RefusedError):
            guard.connect("", (sock, (FAR, 5432)))
        assert found == socket.getaddrinfo(NAME, 5432)
        guard.connect("", (sock, (FAR, 5432)))


def test_a_number_instead_of_an_exception() -> None:
    with guarded(), socket.socket() as sock:
        assert errno.ECONNREFUSED == sock.connect_ex((FAR, 80))


def test_undone_afterwards() -> None:
    before = (vars(socket.socket).get("connect_ex"), socket.getaddrinfo)
    with guarded([NAME]):
        assert before != (vars(socket.socket).get("connect_ex"), socket.getaddrinfo)
    assert before == (vars(socket.socket).get("connect_ex"), socket.getaddrinfo)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect((FAR, 9))  # sends nothing


TRIES = {
    "while it is imported": ('socket.gethostbyname_ex("db.invalid")  # here', "db.invalid", 0),
    "in an endpoint": (
        """
@app.get("/a")
async def a():
    reach("db.invalid")
def reach(host):
    socket.create_connection((host, 5432))  # here
""",
        "db.invalid:5432",
        1,
    ),
    "in a thread": (
        """
@app.get("/a")
def a():
    socket.create_connection(("192.0.2.1", 80))  # here
""",
        "192.0.2.1:80",
        1,
    ),
    "through asyncio, by name": (
        """
@app.get("/a")
async def a():
    await asyncio.open_connection("db.invalid", 80)  # here
""",
        "db.invalid:80",
        1,
    ),
    "through asyncio, by address": (
        """
@app.get("/a")
async def a():
    await asyncio.open_connection("192.0.2.1", 80)  # here
""",
        "192.0.2.1:80",
        1,
    ),
    "through a client, by name": (
        """
import httpx2 as httpx
@app.get("/a")
async def a():
    async with httpx.AsyncClient() as client:
        await client.get("https://api.invalid/v1")  # here
""",
        "api.invalid:443",
        1,
    ),
    "through a client, by address": (
        """
import httpx2 as httpx
@app.get("/a")
async def a():
    async with httpx.AsyncClient() as client:
        await client.get("http://192.0.2.1/v1")  # here
""",
        "192.0.2.1:80",
        1,
    ),
    "through a client that blocks": (
        """
import requests
@app.get("/a")
def a():
    requests.get("https://api.invalid/v1")  # here
""",
        "api.invalid:443",
        1,
    ),
    "among others": (
        """
async def reach():
    socket.create_connection(("192.0.2.1", 80))  # here
@app.get("/a")
async def a():
    async with asyncio.TaskGroup() as group:
        group.create_task(reach())
        group.create_task(asyncio.sleep(0))
""",
        "192.0.2.1:80",
        1,
    ),
    "until the time is over": (
        """
@app.get("/a")
async def a():
    while True:
        try: await asyncio.open_connection("192.0.2.1", 80)  # here
        except OSError: await asyncio.sleep(0.01)
""",
        "192.0.2.1:80",
        1,
    ),
    "in a background task": (
        """
def mail():
    socket.create_connection(("smtp.invalid", 25))  # here
@app.get("/a")
def a(tasks: BackgroundTasks):
    tasks.add_task(mail)
""",
        "smtp.invalid:25",
        1,
    ),
}


IMPORTED = """
try: {}
except OSError: ...
@app.get("/a")
def a(): ...
"""


@pytest.mark.parametrize(("source", "target", "operations"), TRIES.values(), ids=TRIES)
def test_a_note_with_its_line(source: str, target: str, operations: int, tmp_path: Path) -> None:
    source = source if operations else IMPORTED.format(source)
    with live(f"import socket\n{source}", tmp_path, Settings(time_limit_s=0.5 if "while True" in source else 5)) as app:
        exchange = app.ask(GET)
        told = app.guard.told(app.session.frames)
        lines = (tmp_path / "shop.py").read_text(encoding="utf-8").splitlines()
    here = next(number for number, line in enumerate(lines, 1) if "# here" in line)
    assert f"{target} (shop.py:{here})" == told
    assert exchange.seen.refused is bool(operations)
    assert not faults(exchange).keys() & {"server-error", "background-task-error", "no-answer"}
    tallies = Tallies(app.contract)
    tallies.refused = told
    tallies.add(exchange)
    (note,) = tallies.notes(Mask())
    assert ("network-refused", operations) == (note.about, note.operations)
    assert note.message.endswith(told)


def test_an_app_that_copes_is_judged(tmp_path: Path) -> None:
    source = """
import socket
@app.get("/a")
def a():
    try:
        socket.create_connection(("api.invalid", 443))
    except OSError:
        raise HTTPException(502)
"""
    with live(source, tmp_path) as app:
        exchange = app.ask(GET)
    assert (502, None, True) == (exchange.status, exchange.seen.quirk, exchange.seen.refused)
    assert "server-error" in faults(exchange)


def test_many_targets_are_one_note(tmp_path: Path) -> None:
    source = """
import socket
@app.get("/a")
def a():
    for host in ("one.invalid", "two.invalid", "three.invalid"):
        try: socket.create_connection((host, 1))
        except OSError: ...
    for n in range(3):
        try: socket.create_connection((f"192.0.2.{n}", 1))
        except OSError: ...
"""
    with live(source, tmp_path) as app:
        app.ask(GET)
        app.ask(GET)
        told = app.guard.told(app.session.frames)
    assert "one.invalid:1 and 2 more (shop.py:19), 192.0.2.0:1 and 2 more (shop.py:22)" == told


def test_is_allowed_by_the_settings(tmp_path: Path) -> None:
    source = """
import socket
@app.get("/a")
def a():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("192.0.2.1", 9))
"""
    with live(source, tmp_path, Settings(allow_hosts=("192.0.2.0/24",))) as app:
        exchange = app.ask(GET)
        assert (200, "") == (exchange.status, app.guard.told(app.session.frames))
