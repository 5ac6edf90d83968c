"""A real SMTP server on loopback, and what it was sent: one that the environment names, or one of the tests' own.

`BOOKSHOP_TEST_SMTP_URL` is its address and `BOOKSHOP_TEST_MAILBOX` the Maildir that it fills.
"""

import mailbox
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.header import decode_header, make_header
from email.message import Message
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox as Handler

from tests.loopback import free_port

SMTP_URL = os.environ.get("BOOKSHOP_TEST_SMTP_URL")


class Mail(NamedTuple):
    """What a mail says."""

    key: str
    recipient: str
    subject: str
    text: str


class Mailbox:
    """The mail of one sender that a server has taken, to whomever; tests that run side by side have one server."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.sender = f"{uuid4().hex}@example.org"
        self._box = mailbox.Maildir(folder)

    def mails(self) -> list[Mail]:
        """Return what came, the first first."""
        own = [message for message in self._box if message["From"] == self.sender]
        return [_mail(message) for message in sorted(own, key=lambda message: message.get_date())]


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
def running(folder: Path) -> Iterator[Callable[[], Mailbox]]:
    """Use the server that the environment names, or run one; yield what makes an empty mailbox."""
    if SMTP_URL is not None:
        yield partial(Mailbox, SMTP_URL, Path(os.environ["BOOKSHOP_TEST_MAILBOX"]))
        return
    port = free_port()
    server = Controller(Handler(folder / "box"), hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield partial(Mailbox, f"smtp://127.0.0.1:{port}", folder / "box")
    finally:
        server.stop()
