"""What an installation may decide; every value has a default, so the shop opens in an empty folder.

Each field is read from the environment with the prefix `BOOKSHOP_`: `BOOKSHOP_DATABASE_URL`, `BOOKSHOP_STAFF_EMAIL`.
"""

import secrets
from typing import Annotated, Literal, Self

from pydantic import Field, RedisDsn, SecretStr, UrlConstraints, model_validator
from pydantic_core import Url
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.wire import Email

SmtpUrl = Annotated[Url, UrlConstraints(allowed_schemes=["smtp", "smtps"], host_required=True)]


def _fresh_secret() -> SecretStr:
    """Make a key that dies with the process: a key written here would be known to every reader of the source."""
    return SecretStr(secrets.token_urlsafe(32))


class Settings(BaseSettings):
    """The shop's settings, read once when the application is made."""

    model_config = SettingsConfigDict(env_prefix="BOOKSHOP_", frozen=True)

    database_url: str = "sqlite+aiosqlite:///bookshop.sqlite3"
    """An SQLAlchemy address with an async driver; the default is a file in the working directory.

    With `postgresql+psycopg://…`, jobs are done by as many `python -m service.worker` as are started.
    """

    redis_url: RedisDsn | None = None
    """The cache; without it, one in the process."""

    smtp_url: SmtpUrl | None = None
    """`smtp://user:password@host:25`, or `smtps://…`; without it, mail is written to the log and sent to nobody."""

    mail_from: Email = "shop@example.org"

    secret_key: Annotated[SecretStr, Field(min_length=32)] = Field(default_factory=_fresh_secret)
    """Signs access tokens. Set it where tokens must outlive a restart or be read by several processes."""

    token_lifetime_s: Annotated[int, Field(ge=1)] = 1800

    sign_in_attempts: Annotated[int, Field(ge=1)] = 10
    sign_in_window_s: Annotated[int, Field(ge=1)] = 60
    """So many wrong passwords for one address within so many seconds, and it has to wait for the rest of them."""

    order_lifetime_s: Annotated[int, Field(ge=1)] = 86_400
    """An order that was not paid by then is cancelled, and its copies are for sale again."""

    max_body_bytes: Annotated[int, Field(ge=1)] = 1_048_576
    """The longest body of a request, a cover among them."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"

    argon2_time_cost: Annotated[int, Field(ge=1)] = 3
    argon2_memory_kib: Annotated[int, Field(ge=8)] = 65536
    argon2_parallelism: Annotated[int, Field(ge=1)] = 4
    """The cost of one password hash: RFC 9106's second recommended option. Tests lower all three."""

    staff_email: Email | None = None
    staff_password: Annotated[SecretStr, Field(min_length=8, max_length=128)] | None = None
    """The first staff account, made at start where no account has that address."""

    @property
    def has_workers(self) -> bool:
        """Whether jobs are done by workers: Procrastinate's, which PostgreSQL takes."""
        return self.database_url.startswith("postgresql+psycopg:")

    @model_validator(mode="after")
    def _staff_is_whole(self) -> Self:
        if (self.staff_email is None) != (self.staff_password is None):
            raise ValueError("set both BOOKSHOP_STAFF_EMAIL and BOOKSHOP_STAFF_PASSWORD, or neither")
        return self
