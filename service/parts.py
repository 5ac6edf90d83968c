"""What is opened once and used by every request and every job."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from cashews import Cache
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from service import cache, database
from service.accounts.passwords import Passwords
from service.mail import Mailer
from service.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The shop without its operations."""

    settings: Settings
    sessions: async_sessionmaker[AsyncSession]
    cache: Cache
    mailer: Mailer
    passwords: Passwords


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Parts]:
    """Open everything, and close it when the block ends."""
    async with database.opened(settings.database_url) as sessions, cache.opened(settings) as kept:
        yield Parts(
            settings=settings,
            sessions=sessions,
            cache=kept,
            mailer=Mailer(settings),
            passwords=Passwords(settings),
        )
