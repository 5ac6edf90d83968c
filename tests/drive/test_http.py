"""What goes over the wire is what was generated; what comes back is taken as it is, within the limits."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from tests.build import request
from upheld.drive.asgi import BODY_LIMIT_BYTES, Answer
from upheld.drive.http import Caller, DisconnectedError, fetch, sendable
from upheld.model import Padding, Request, UpheldError

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"


class Server:
    """Answers each request with the next of its scripts, on as many connections as it takes."""

    def __init__(self, *scripts: bytes | Callable[[socket.socket], None]) -> None:
        self._scripts = list(scripts)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.heard: list[bytes] = []
        self.connections = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while self._scripts:
            connection, _ = self._listening.accept()
            self.connections += 1
            with connection:
                self._talk(connection)
        self.close()

    def _talk(self, connection: socket.socket) -> None:
        while self._scripts and (raw := connection.recv(1 << 16)):
            self.heard.append(raw)
            script = self._scripts.pop(0)
            if callable(script):
                script(connection)
                return
            connection.sendall(script)

    def close(self) -> None:
        self._listening.close()


@contextmanager
def calling(server: Server, prefix: str = "", limit_s: float = 5.0) -> Iterator[Callable[[Request], Answer]]:
    with Caller(server.url + prefix, time_limit_s=limit_s) as caller:
        caller.stream_moment_s = 0.2

        def call(asked: Request) -> Answer:
            found: list[Answer] = []
            caller.call_all(iter([asked]), lambda _, answer: found.append(answer))
            return found[0]

        yield call


def test_bytes_go_out_as_they_were_made() -> None:
    server = Server(OK, OK)
    asked = request(
        "POST",
        "/a/../%2e%2E/b%2Fc//?q=%41&q=+&%5B=[]",
        headers=(("x-text", "caf\xe9"), ("cookie", "a=1; b=2"), ("x-text", "")),
        body=b"\x00\xff\r\n",
    )
    with calling(server, "/api") as call:
        call(asked)
        call(request())
    host = server.url.removeprefix("http://").encode()
    expected = b"POST /api/a/../%2e%2E/b%2Fc//?q=%41&q=+&%5B=[] HTTP/1.1\r\nhost: " + host
    expected += b"\r\nx-text: caf\xe9\r\ncookie: a=1; b=2\r\nx-text: \r\ncontent-length: 4\r\n\r\n\x00\xff\r\n"
    assert [expected, b"GET /api/books/1 HTTP/1.1\r\nhost: " + host + b"\r\n\r\n"] == server.heard
    assert 1 == server.connections


def test_a_body_goes_out_with_its_padding() -> None:
    server = Server(OK)
    with calling(server) as call:
        call(request("POST", body=b"ab", padding=Padding(byte=b" ", length=9, before=1)))
    assert server.heard[0].endswith(b"\r\ncontent-length: 11\r\n\r\na         b")


def test_no_redirect_is_followed_and_no_cookie_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    away = b"HTTP/1.1 307 Temporary Redirect\r\nlocation: /x\r\nset-cookie: sid=1\r\ncontent-length: 0\r\n\r\n"
    server = Server(away, OK)
    with calling(server) as call:
        assert [307, 200] == [call(request()).status, call(request()).status]
    assert 2 == len(server.heard)
    assert b"cookie" not in server.heard[1]


def test_an_answer() -> None:
    chunked = b"HTTP/1.1 201 Created\r\nX-A: 1\r\nx-a: caf\xe9\r\ntransfer-encoding: chunked\r\n\r\n2\r\n\xff\x00\r\n0\r\n\r\n"
    with calling(Server(chunked)) as call:
        answer = call(request())
    assert (201, b"\xff\x00", True, False, None) == (
        answer.status,
        bytes(answer.body),
        answer.complete,
        answer.cut,
        answer.escaped,
    )
    assert [(b"x-a", b"1"), (b"x-a", b"caf\xe9")] == answer.headers[:2]


def test_a_head_has_no_body() -> None:
    with calling(Server(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n", OK)) as call:
        assert call(request("HEAD")).complete
        assert b"ok" == call(request()).body


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc"])
def test_a_server_that_waits(begun: bytes) -> None:
    def wait(connection: socket.socket) -> None:
        connection.sendall(begun)
        time.sleep(0.6)

    with calling(Server(wait, OK), limit_s=0.3) as call:
        answer = call(request())
        assert (200 if begun else 0, False, []) == (answer.status, answer.complete, answer.stuck)
        time.sleep(0.4)
        assert 200 == call(request()).status


def test_a_body_without_end_is_cut() -> None:
    def pour(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        with suppress(OSError):
            while True:
                connection.sendall(b"x" * 65_536)

    with calling(Server(pour, OK)) as call:
        answer = call(request())
        assert (True, False) == (answer.cut, answer.complete)
        assert BODY_LIMIT_BYTES < len(answer.body) <= BODY_LIMIT_BYTES + 65_536
        assert 200 == call(request()).status


def test_a_stream_is_read_for_a_moment() -> None:
    def stream(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\n")
        connection.recv(1)

    with calling(Server(stream)) as call:
        answer = call(request())
    assert (True, None, b"data: 1\n\n") == (answer.cut, answer.stuck, bytes(answer.body))


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc", b"no HTTP at all\r\n\r\n"])
def test_an_answer_that_breaks_off(begun: bytes) -> None:
    def hang_up(connection: socket.socket) -> None:
        connection.sendall(begun)

    with calling(Server(hang_up, OK)) as call:
        answer = call(request())
        assert isinstance(answer.escaped, DisconnectedError)
        assert not answer.complete
        assert 200 == call(request()).status


def test_an_idle_connection_that_was_given_up() -> None:
    def once(connection: socket.socket) -> None:
        connection.sendall(OK)

    server = Server(once, OK)
    with calling(server) as call:
        assert [200, 200] == [call(request()).status, call(request()).status]
    assert 2 == server.connections


def test_a_server_that_has_gone() -> None:
    server = Server(OK, lambda _: server.close())
    with calling(server) as call:
        call(request())
        expected = r"has gone \(Connection refused\), .* before that: 1, .* see in its log what GET /crash.now=1 did"
        with pytest.raises(UpheldError, match=expected):
            call(request(target="/crash?now=1"))


def test_no_server() -> None:
    server = Server()
    time.sleep(0.2)
    with pytest.raises(
        UpheldError, match=r"^http://127.0.0.1:\d+: no server answers there \(Connection refused\), exp"
    ):
        fetch(server.url, "/openapi.json", (), time_limit_s=1)


SENDABLE: dict[str, tuple[Request, bool]] = {
    "a plain one": (request(), True),
    "everything that RFC 3986 allows": (request(target="/a-._~!$&'()*+,;=:@%2F/?/?[]"), True),
    "a brace": (request(target="/{a}"), False),
    "a control character in a header": (request(headers=(("x-a", "\x01"),)), False),
    "blanks around a header, which are no part of it": (request(headers=(("x-a", " a"),)), False),
    "a header that is the connection's own": (request(headers=(("transfer-encoding", "x"),)), False),
    "a header whose name is none": (request(headers=(("x a", "1"),)), False),
    "longer than servers take": (request(target="/" + "9" * 9_000), False),
}


@pytest.mark.parametrize(("asked", "expected"), SENDABLE.values(), ids=SENDABLE)
def test_sendable(asked: Request, expected: bool) -> None:
    assert expected == sendable(asked)
