"""What any endpoint may ask for: `session: SessionDep`, `settings: SettingsDep`."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from service.settings import Settings


async def _session(request: Request) -> AsyncIterator[AsyncSession]:
    """Open a session for one request; whatever was not committed when it ends is rolled back."""
    sessions: async_sessionmaker[AsyncSession] = request.app.state.sessions
    async with sessions() as session:
        yield session


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


# Scope "function": the connection is back in the pool before the answer travels, however slowly it is read.
SessionDep = Annotated[AsyncSession, Depends(_session, scope="function")]
SettingsDep = Annotated[Settings, Depends(_settings)]
