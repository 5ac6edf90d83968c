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


async def parts(request: Request) -> Parts:
    """Return what the application has opened."""
    opened: Parts = request.app.state.parts
    return opened


PartsDep = Annotated[Parts, Depends(parts)]


async def settings(opened: PartsDep) -> Settings:
    """Return the settings that the application was made with."""
    return opened.settings


async def sessions(opened: PartsDep) -> async_sessionmaker[AsyncSession]:
    """Return what makes sessions: for an answer that reads the database while it is being sent."""
    return opened.sessions


SessionsDep = Annotated[async_sessionmaker[AsyncSession], Depends(sessions)]


async def session(factory: SessionsDep) -> AsyncIterator[AsyncSession]:
    """Open a session for one request; whatever was not committed when it ends is rolled back."""
    async with factory() as fresh:
        yield fresh


async def cache(opened: PartsDep) -> Cache:
    """Return the cache."""
    return opened.cache


async def passwords(opened: PartsDep) -> Passwords:
    """Return what makes and compares hashes of passwords."""
    return opened.passwords


# Scope "function": the connection is back in the pool before the answer travels, however slowly it is read.
SessionDep = Annotated[AsyncSession, Depends(session, scope="function")]
SettingsDep = Annotated[Settings, Depends(settings)]
CacheDep = Annotated[Cache, Depends(cache)]
PasswordsDep = Annotated[Passwords, Depends(passwords)]
