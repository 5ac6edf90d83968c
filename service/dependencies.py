"""What any endpoint may ask for: `session: SessionDep`, `settings: SettingsDep`, `cache: CacheDep`.

Each is an `Annotated` alias of one function, which a test replaces through `app.dependency_overrides`.
"""

from collections.abc import AsyncIterator
from typing import Annotated

from cashews import Cache
from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from service.accounts.passwords import Passwords
from service.parts import Parts
from service.settings import Settings


def _parts(request: Request) -> Parts:
    opened: Parts = request.app.state.parts
    return opened


async def settings(request: Request) -> Settings:
    """Return the settings that the application was made with."""
    return _parts(request).settings


async def session(request: Request) -> AsyncIterator[AsyncSession]:
    """Open a session for one request; whatever was not committed when it ends is rolled back."""
    async with _parts(request).sessions() as fresh:
        yield fresh


async def sessions(request: Request) -> async_sessionmaker[AsyncSession]:
    """Return what makes sessions: for an answer that reads the database while it is being sent."""
    return _parts(request).sessions


async def cache(request: Request) -> Cache:
    """Return the cache."""
    return _parts(request).cache


async def passwords(request: Request) -> Passwords:
    """Return what makes and compares hashes of passwords."""
    return _parts(request).passwords


# Scope "function": the connection is back in the pool before the answer travels, however slowly it is read.
SessionDep = Annotated[AsyncSession, Depends(session, scope="function")]
SessionsDep = Annotated[async_sessionmaker[AsyncSession], Depends(sessions)]
SettingsDep = Annotated[Settings, Depends(settings)]
CacheDep = Annotated[Cache, Depends(cache)]
PasswordsDep = Annotated[Passwords, Depends(passwords)]
