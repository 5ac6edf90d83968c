"""A real SMTP server on loopback, and what it was sent: one that the environment names, or one of the tests' own.

`BOOKSHOP_TEST_SMTP_URL` is its address and `BOOKSHOP_TEST_MAILBOX` the Maildir that it fills.
"""

import mailbox
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path
from typing import NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox as Handler

SMTP_URL = os.environ.get("BOOKSHOP_TEST_SMTP_URL")


class Mail(NamedTuple):
    """What a mail says."""

    key: str
    recipient: str
    subject: str
    text: str


class Mailbox:
    """All mail that a server has taken, to whomever."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self._box = mailbox.Maildir(folder)

    def mails(self) -> list[Mail]:
        """Return what came, the first first."""
        return [_mail(message) for _, message in sorted(self._box.items(), key=lambda item: item[1].get_date())]

    def clear(self) -> None:
        """Throw all away."""
        self._box.clear()


def _mail(message: Message) -> Mail:
    body = message.get_payload(decode=True)
    assert isinstance(body, bytes)
    return Mail(
        key=message["Message-ID"].strip("<>").partition("@")[0],
        recipient=message["To"],
        subject=f"{make_header(decode_header(message['Subject']))}",
        text=body.decode().replace("\r\n", "\n"),
    )


@contextmanager
def running(folder: Path) -> Iterator[Mailbox]:
    """Use the server that the environment names, or run one."""
    if SMTP_URL is not None:
        yield Mailbox(SMTP_URL, Path(os.environ["BOOKSHOP_TEST_MAILBOX"]))
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(Handler(folder / "box"), hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield Mailbox(f"smtp://127.0.0.1:{port}", folder / "box")
    finally:
        server.stop()
