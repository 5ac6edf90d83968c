"""Passwords are kept as Argon2id hashes (RFC 9106)."""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from fastapi.concurrency import run_in_threadpool

from service.settings import Settings


class Passwords:
    """Makes and compares hashes, in a thread: one hash is meant to keep a core busy for a while."""

    def __init__(self, settings: Settings) -> None:
        """Take the cost of a hash from the settings."""
        self._hasher = PasswordHasher(
            time_cost=settings.argon2_time_cost,
            memory_cost=settings.argon2_memory_kib,
            parallelism=settings.argon2_parallelism,
        )
        self._nobody = self._hasher.hash("")  # no account may have an empty password

    async def hash(self, password: str) -> str:
        """Return a new hash, with its salt and cost in it."""
        return await run_in_threadpool(self._hasher.hash, password)

    async def match(self, password: str, known: str | None) -> bool:
        """Compare with a hash; without one work as long, so that time does not tell which accounts exist."""
        return await run_in_threadpool(self._verify, known or self._nobody, password)

    def _verify(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, password)
        except VerifyMismatchError:
            return False
