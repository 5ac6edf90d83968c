"""What is left of work that was to be done after the answer when the process is killed in between.

A plain background task lives in the process alone. The bookshop records a job with the change that asks for it; here
the mail server that it hands a confirmation to keeps silent until the kill, and is not there any more after it.
"""

import secrets
import socket
import time
from pathlib import Path

import httpx2

from benchmarks.promised import TASK_S
from benchmarks.servers import Server, served
from benchmarks.tables import laid_out

TASKS = 5
PATIENCE_S = 20
_STAFF = ("staff@example.org", "correct horse battery staple")


def table(folder: Path) -> str:
    """Lay out how much was done before the kill, and after the restart."""
    head = ["", "asked for", "done before the kill", "done after the restart"]
    rows = {"a plain background task": plain(folder), "the bookshop's recorded job": recorded(folder)}
    return laid_out(head, ([name, f"{TASKS}", *map(str, done)] for name, done in rows.items()))


def plain(folder: Path) -> tuple[int, int]:
    """Return how many background tasks were done before the kill, and some time after the restart."""
    own = folder / "plain"
    own.mkdir()
    done = own / "done.txt"
    done.touch()
    for is_killed in (True, False):
        with served("benchmarks.promised:app", own, {"PROMISED_FOLDER": str(own)}) as server:
            if is_killed:
                with httpx2.Client(base_url=server.address) as client:
                    for _ in range(TASKS):
                        client.get("/after").raise_for_status()
                _kill(server)
                before = len(done.read_text().splitlines())
            else:
                time.sleep(2 * TASK_S)
    return before, len(done.read_text().splitlines())


def recorded(folder: Path) -> tuple[int, int]:
    """Return how many confirmations of the bookshop were sent before the kill, and after the restart."""
    environ = {
        "BOOKSHOP_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'killed.sqlite3'}",
        "BOOKSHOP_SECRET_KEY": secrets.token_urlsafe(32),
        "BOOKSHOP_STAFF_EMAIL": _STAFF[0],
        "BOOKSHOP_STAFF_PASSWORD": _STAFF[1],
    }
    with socket.create_server(("127.0.0.1", 0)) as silent:
        smtp = {"BOOKSHOP_SMTP_URL": f"smtp://127.0.0.1:{silent.getsockname()[1]}"}
        with served("service.app:app", folder, environ | smtp) as server:
            with httpx2.Client(base_url=server.address) as client:
                form = {"grant_type": "password", "username": _STAFF[0], "password": _STAFF[1]}
                token = client.post("/token", data=form).raise_for_status().json()["access_token"]
                client.headers["Authorization"] = f"Bearer {token}"
                _buy(client)
                before = _confirmed(client)
            _kill(server)
    with (
        served("service.app:app", folder, environ) as server,
        httpx2.Client(base_url=server.address, headers={"Authorization": f"Bearer {token}"}) as client,
    ):
        until = time.monotonic() + PATIENCE_S
        while (after := _confirmed(client)) < TASKS and time.monotonic() < until:
            time.sleep(0.1)
    return before, after


def _buy(client: httpx2.Client) -> None:
    book = {"title": "The Waves", "author": "Virginia Woolf", "isbn": "9780156949606", "genre": "fiction"}
    added = client.post("/books", json={**book, "price_cents": 1299, "stock": TASKS}).raise_for_status().json()
    for _ in range(TASKS):
        lines = [{"book_id": added["id"], "quantity": 1}]
        order = client.post("/orders", json={"lines": lines}).raise_for_status().json()
        client.post(f"/orders/{order['id']}/pay").raise_for_status()


def _confirmed(client: httpx2.Client) -> int:
    page = client.get("/jobs", params={"status": "done", "limit": 100}).raise_for_status().json()
    return sum(job["kind"] == "confirm-order" for job in page["items"])


def _kill(server: Server) -> None:
    server.process.kill()
    server.process.wait()
