"""What is pasted into a shell sends the same bytes, on one printable line; secrets are not in it."""

import json
import os
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.build import request
from upheld.model import Credentials, Padding, Request
from upheld.witness import LOCAL_SERVER, MASK, Mask, witness

STUB = """#!{python}
import json, sys
piped = "@-" in sys.argv
with open({out!r}, "w") as file:
    json.dump([sys.argv[1:], sys.stdin.buffer.read().decode("latin-1") if piped else None], file)
"""


class Called(NamedTuple):
    """What curl was called with."""

    words: list[str]
    piped: bytes | None

    def option(self, name: str) -> list[str]:
        return [value for key, value in zip(self.words, self.words[1:], strict=False) if key == name]

    @property
    def body(self) -> bytes | None:
        if self.piped is not None:
            return self.piped
        sent = self.option("--data-binary")
        return os.fsencode(sent[0]) if sent else None


@pytest.fixture
def shell(tmp_path: Path) -> "Shell":
    return Shell(tmp_path)


class Shell:
    """A real shell with a stand-in for curl."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._out = folder / "called.json"
        stub = folder / "curl"
        stub.write_text(STUB.format(python=sys.executable, out=str(self._out)), encoding="utf-8")
        stub.chmod(0o755)

    def run(self, line: str) -> Called:
        path = f"{self._folder}:{os.environ['PATH']}"
        environ = os.environ | {"PATH": path, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
        subprocess.run(["bash", "-c", line], env=environ, check=True, stdin=subprocess.DEVNULL)  # noqa: S607 - the user's shell
        words, piped = json.loads(self._out.read_text(encoding="utf-8"))
        return Called(words, piped.encode("latin-1") if piped is not None else None)


def curl(sent: Request, mask: Mask | None = None, base_url: str = "http://127.0.0.1:8000") -> str:
    line = witness(sent, mask or Mask(), base_url).curl
    assert line.isprintable()
    return line


BODIES = {
    "JSON": b'{"name": "Rex"}',
    "empty": b"",
    "quotes": b'it\'s "quoted" `x` $HOME $(id) \\n',
    "an at sign first": b"@/etc/passwd",
    "a dash first": b"-n",
    "several lines": b"a\nb\r\n\tc\n\n",
    "percent signs": b"%s %n %%",
    "history": b"a!b!!",
    "binary": bytes(range(256)),
    "null": b"a\x00b",
    "no UTF-8": b"\xff\xfe",
    "beyond ASCII": "ä ☃ 😀".encode(),
    "not printable": "a\u202eb\x1b[31m\x85\u2028".encode(),
    "octal digits behind": b"\x001234",
    "deep": b"[" * 20_000,
    "a part of a form": b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--x--\r\n',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_bodies(body: bytes, shell: Shell) -> None:
    called = shell.run(curl(request("POST", "/a", headers=(("content-type", "a/b"),), body=body)))
    assert body == called.body
    assert ["POST"] == called.option("-X")
    assert ["content-type: a/b"] == called.option("-H")
    assert "http://127.0.0.1:8000/a" in called.words


PADDED = {
    "at its end": (b"[1]", Padding(byte=b" ", length=2**20)),
    "in between": (b"a'\xff\r\n--x--", Padding(byte=b"a", length=99, before=7)),
    "a null": (b"%PDF", Padding(byte=b"\0", length=3)),
    "a line break": (b"!a\n", Padding(byte=b"\n", length=70_000)),
    "nothing else": (b"", Padding(byte=b"a", length=5)),
    "nothing before it": (b"xyz", Padding(byte=b"\\", length=5, before=3)),
}


@pytest.mark.parametrize(("body", "padding"), PADDED.values(), ids=PADDED)
def test_a_padded_body_is_made_where_it_is_sent(body: bytes, padding: Padding, shell: Shell) -> None:
    sent = request("POST", "/a", headers=(("content-type", "a/b"),), body=body, padding=padding)
    line = curl(sent)
    assert len(line) < 300
    assert sent.sent == shell.run(line).body
    shown = witness(sent, Mask(), LOCAL_SERVER).body
    assert f"{body.decode(errors='replace')}…" == shown


def test_no_body(shell: Shell) -> None:
    called = shell.run(curl(request(target="/a")))
    assert (None, [], ["GET"]) == (called.body, called.option("-H"), called.option("-X"))


HEADERS: dict[str, tuple[list[tuple[str, str]], list[str]]] = {
    "several": ([("x-a", "1"), ("x-b", "2")], ["x-a: 1", "x-b: 2"]),
    "one twice": ([("x-a", "1"), ("x-a", "2")], ["x-a: 1", "x-a: 2"]),
    "an empty value": ([("x-a", "")], ["x-a;"]),
    "a blank value": ([("x-a", " ")], ["x-a;"]),
    "quotes": ([("x-a", 'it\'s "a" $HOME `id`')], ['x-a: it\'s "a" $HOME `id`']),
    "colons": ([("x-a", "a: b;")], ["x-a: a: b;"]),
}


@pytest.mark.parametrize(("headers", "lines"), HEADERS.values(), ids=HEADERS)
def test_headers(headers: list[tuple[str, str]], lines: list[str], shell: Shell) -> None:
    assert lines == shell.run(curl(request(headers=tuple(headers)))).option("-H")


TARGETS = {
    "/a?q=1&r=2": [],
    "/a?q='%27": [],
    "/a?q=$HOME`id`": [],
    "/a?q[]=1": ["--globoff"],
    "/a/{id}": ["--globoff"],
    "/a/../b": ["--path-as-is"],
    "/a/.": ["--path-as-is"],
    "/./a?[": ["--globoff", "--path-as-is"],
    "/a..b/.c": [],
    "/a#b": [],
}


@pytest.mark.parametrize(("target", "options"), TARGETS.items())
def test_targets(target: str, options: list[str], shell: Shell) -> None:
    called = shell.run(curl(request(target=target), base_url="https://shop.example/v1/"))
    assert ["-X", "GET", *options, f"https://shop.example/v1{target}"] == called.words


# Against a real server -------------------------------------------------------------------------------------------


class Server(socketserver.TCPServer):
    """Answers 200 and keeps what it was sent."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, list[tuple[str, str]], bytes]] = []
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline()
        assert self.parse_request()
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        assert isinstance(self.server, Server)
        self.server.seen.append((self.command, self.path, self.headers.items(), body))
        self.send_response(200)
        self.send_header("content-length", "7")
        self.end_headers()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


FULL = (("content-type", "text/plain"), ("x-a", "\xe4\xff"), ("x-b", ""), ("cookie", "a=b; c='d'"))
WHOLE = {
    "GET": request(target="/a?q[]=%20&r={}"),
    "a path as it is": request(target="/a/../b/%2e%2e/c"),
    "HEAD": request("HEAD", "/a", headers=FULL),
    "headers": request("PUT", "/a", headers=FULL, body="it's ☃\n".encode()),
    "no media type": request("POST", "/a", body=b"a=1"),
    "an empty body": request("POST", "/a", body=b""),
    "binary": request("POST", "/a", headers=FULL, body=bytes(range(256))),
    "a body of GET": request("GET", "/a", headers=FULL[:1], body=b"@x"),
}


@pytest.mark.parametrize("sent", WHOLE.values(), ids=WHOLE)
def test_the_real_curl_sends_the_same(sent: Request, server: Server) -> None:
    line = curl(sent, base_url=f"http://127.0.0.1:{server.server_address[1]}")
    command = ["bash", "-c", f"{line} --silent --output /dev/null --max-time 5"]
    subprocess.run(command, check=False, stdin=subprocess.DEVNULL, env=os.environ | {"no_proxy": "*"}, timeout=10)
    ((method, target, headers, body),) = server.seen
    assert (sent.method, sent.target, sent.body or b"") == (method, target, body)
    added = {"host", "user-agent", "accept", "content-length"}
    got = [(name.lower(), value) for name, value in headers if name.lower() not in added]
    assert list(sent.headers) == got


# Secrets ---------------------------------------------------------------------------------------------------------

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
OURS = (("authorization", "Bearer hunter2x"), ("x-key", "hunter2x"), ("cookie", "sid=hunter2x"), ("x-a", "hunter2x"))


def test_our_credentials_are_masked() -> None:
    mask = Mask(["hunter2x"], ["X-Key"])
    seen = witness(request(headers=OURS, credentials=Credentials.GIVEN), mask, LOCAL_SERVER)
    assert {"authorization": f"Bearer {MASK}", "x-key": MASK, "cookie": MASK, "x-a": MASK} == seen.headers
    assert "hunter2x" not in seen.curl
    assert MASK in seen.curl


def test_credentials_of_no_known_secret_are_masked_too() -> None:
    seen = witness(request(headers=OURS[:3], credentials=Credentials.GIVEN), Mask(), LOCAL_SERVER)
    assert {"authorization": f"Bearer {MASK}", "x-key": "hunter2x", "cookie": MASK} == seen.headers


def test_a_token_without_a_scheme() -> None:
    sent = request(headers=(("authorization", "abc"),), credentials=Credentials.GIVEN)
    assert {"authorization": MASK} == witness(sent, Mask(), LOCAL_SERVER).headers


def test_drawn_credentials_are_shown() -> None:
    """They are what the finding is about, and open nothing."""
    seen = witness(request(headers=(("authorization", "Bearer drawn"),)), Mask(), LOCAL_SERVER)
    assert {"authorization": "Bearer drawn"} == seen.headers


HIDING: dict[str, Request] = {
    "in the target": request(target="/a/hunter2x?token=hunter2x"),
    "in a text": request("POST", body=b'{"password": "hunter2x"}'),
    "in bytes": request("POST", body=b"\xffhunter2x\x00"),
    "in a header": request(headers=(("x-a", "-hunter2x-"),)),
    "a token in a body": request("POST", body=f'{{"token": "{TOKEN}"}}'.encode()),
    "a token in bytes": request("POST", body=b"\x00 " + TOKEN.encode()),
}


@pytest.mark.parametrize("sent", HIDING.values(), ids=HIDING)
def test_secrets_are_masked_wherever_they_stand(sent: Request) -> None:
    shown = str(witness(sent, Mask(["hunter2x", "hunter"]), LOCAL_SERVER))
    assert "hunter2x" not in shown
    assert TOKEN not in shown
    assert MASK in shown


WRITTEN = {
    "a form": b"password=a+%22b%22+%26c",
    "an address": b"a%20%22b%22%20%26c",
    "JSON": b'{"password": "a \\"b\\" &c"}',
    "plain": b'a "b" &c',
}


@pytest.mark.parametrize("body", WRITTEN.values(), ids=WRITTEN)
def test_secrets_are_masked_however_they_are_written(body: bytes) -> None:
    shown = witness(request("POST", body=body), Mask(['a "b" &c', "\ud800lone"]), LOCAL_SERVER)
    assert MASK in (shown.body or "")
    assert MASK in shown.curl


def test_short_texts_are_no_secrets() -> None:
    assert "abc" == Mask(["abc", ""]).text("abc")


def test_the_longer_secret_first() -> None:
    assert f"a {MASK} b {MASK}" == Mask(["hunter", "hunter2x"]).text("a hunter2x b hunter")


def test_shown() -> None:
    sent = request("POST", "/a?b", headers=(("x-a", "1"),), body=b"\xff" + b"x" * 3000)
    seen = witness(sent, Mask(), LOCAL_SERVER)
    assert ("POST", "/a?b", {"x-a": "1"}, f"\ufffd{'x' * 1999}…") == (seen.method, seen.target, seen.headers, seen.body)
    assert "x" * 3000 in seen.curl
    assert None is witness(request(), Mask(), LOCAL_SERVER).body
