"""Sending mail: through the SMTP server of the settings, or into the log where there is none."""

import logging
from email.message import EmailMessage
from email.utils import formatdate

import aiosmtplib

from service.settings import Settings

TIMEOUT_S = 10

_LOG = logging.getLogger(__name__)


class Mailer:
    """Hands messages to the server."""

    def __init__(self, settings: Settings) -> None:
        """Connect to nothing yet: a mail server that is down is no reason not to sell books."""
        self._url = settings.smtp_url
        self._sender = settings.mail_from

    async def send(self, key: str, recipient: str, subject: str, text: str) -> None:
        """Return once the server has taken the message; whatever it says instead is raised.

        The same key makes the same Message-ID, by which a mail that had to be sent again is known to be the same one.
        """
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, recipient, subject
        message["Message-ID"] = f"<{key}@{self._sender.partition('@')[2]}>"
        message["Date"] = formatdate()
        message.set_content(text)
        if self._url is None:
            _LOG.info("mail that no server sends", extra={"recipient": recipient, "subject": subject, "text": text})
            return
        await aiosmtplib.send(
            message,
            hostname=self._url.host,
            port=self._url.port,
            username=self._url.username,
            password=self._url.password,
            use_tls=self._url.scheme == "smtps",
            timeout=TIMEOUT_S,
        )
