"""Mail: handed to a server, or written into the log; what goes wrong is raised, and tried again."""

import asyncio
import json
import logging
import time

import pytest

from service.jobs import service
from service.mail import Mailer
from service.settings import Settings
from tests.loopback import free_port
from tests.service.mailbox import Mail, Mailbox
from tests.service.shop import Judge, changed, new_shop


def test_a_server_takes_it(mailbox: Mailbox) -> None:
    mailer = Mailer(Settings.model_validate({"smtp_url": mailbox.url, "mail_from": mailbox.sender}))
    asyncio.run(mailer.send("order-7", "ada@example.org", "Будденброки 😀", "Two lines,\n.and a dot\n"))
    assert mailbox.mails() == [Mail("order-7", "ada@example.org", "Будденброки 😀", "Two lines,\n.and a dot\n")]


def test_without_a_server_it_is_in_the_log(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("service"), "propagate", True)
    with caplog.at_level("INFO", logger="service.mail"):
        asyncio.run(Mailer(Settings()).send("order-7", "ada@example.org", "Subject", "Text"))
    record, *_ = (each for each in caplog.records if each.name == "service.mail")
    assert record.getMessage() == "mail that no server sends"
    assert record.__dict__.items() >= {"recipient": "ada@example.org", "subject": "Subject", "text": "Text"}.items()


def test_a_server_that_is_away_is_tried_again(
    settings: Settings, judge: Judge, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "FIRST_WAIT_S", 1.0)
    with new_shop(changed(settings, smtp_url=f"smtp://127.0.0.1:{free_port()}"), judge) as shop:
        order = shop.buy(shop.add_book())
        shop.work()
        (job,) = shop.jobs("confirm-order")
        assert (job["status"], job["attempts"]) == ("queued", 1)
        assert job["failure"].startswith("SMTPConnectError: ")
    with new_shop(changed(settings, smtp_url=mailbox.url, mail_from=mailbox.sender), judge) as shop:
        for _ in range(100):
            shop.work()
            if mailbox.mails():
                break
            time.sleep(0.05)
        assert [mail.key for mail in mailbox.mails()] == [f"order-{order['id']}"]
        (job,) = shop.jobs("confirm-order")
        assert job["status"] == "done"
        assert job["attempts"] >= 2
    assert "SMTPConnectError" in json.dumps(job)
