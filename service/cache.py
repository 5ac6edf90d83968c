"""The cache: Redis where the settings name one, else memory of this process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from cashews import Cache
from cashews.picklers import PicklerType

from service.settings import Settings

MEMORY = "mem://?size=10000"
"""So many keys; the one that was not used for longest makes room."""


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Cache]:
    """Connect at the first use, and close when the block ends."""
    cache = Cache()
    # JSON, since whoever can write to a shared cache must not be able to have something unpickled here.
    cache.setup(str(settings.redis_url or MEMORY), pickle_type=PicklerType.JSON)
    try:
        yield cache
    finally:
        await cache.close()
