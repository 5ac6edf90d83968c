"""What can be done with accounts."""

import math
from datetime import UTC, datetime

from cashews import Cache
from fastapi import HTTPException
from pydantic import SecretStr
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from service.accounts import store
from service.accounts.passwords import Passwords
from service.accounts.schemas import NewAccount, PasswordChange, SignIn
from service.accounts.store import AccountRow
from service.accounts.tokens import Grant
from service.problem import CHALLENGES
from service.settings import Settings


async def register(session: AsyncSession, passwords: Passwords, new: NewAccount, *, is_staff: bool) -> AccountRow:
    """Open an account."""
    account = AccountRow(
        email=new.email.lower(),
        password_hash=await passwords.hash(new.password),
        is_staff=is_staff,
        created_at=datetime.now(UTC),
    )
    session.add(account)
    try:
        await session.commit()
    except IntegrityError as error:  # asking first would leave a moment for somebody else to take the address
        raise HTTPException(409, "An account with this e-mail address exists.") from error
    return account


async def sign_in(session: AsyncSession, passwords: Passwords, cache: Cache, settings: Settings, form: SignIn) -> Grant:
    """Compare the password and grant the scopes that were asked for, as far as the account has them.

    Attempts are counted before the password is looked at, so that guesses sent at the same time count as well.
    """
    attempts = f"sign-in:{form.username.lower()}"
    # A cache that is down counts nothing: better no limit for a while than nobody who can sign in.
    if (await cache.incr(attempts, expire=settings.sign_in_window_s) or 0) > settings.sign_in_attempts:
        wait_s = max(0, math.ceil(await cache.get_expire(attempts)))
        raise HTTPException(429, "Too many attempts to sign in as this address.", {"Retry-After": str(wait_s)})
    account = await store.find_by_email(session, form.username)
    matches = await passwords.match(form.password, account.password_hash if account else None)
    if account is None or not matches:
        raise HTTPException(401, "Wrong e-mail address or password.", {"WWW-Authenticate": CHALLENGES[0]})
    await cache.delete(attempts)
    asked = form.scope.split()
    granted = frozenset(scope for scope in account.scopes if not asked or scope in asked)
    return Grant(account_id=account.id, scopes=granted)


async def change_password(
    session: AsyncSession, passwords: Passwords, account: AccountRow, change: PasswordChange
) -> None:
    """Replace the password. Tokens that are out stay good until their time is over."""
    if not await passwords.match(change.current_password, account.password_hash):
        raise HTTPException(403, "The current password is wrong.")
    account.password_hash = await passwords.hash(change.new_password)
    await session.commit()


async def close(session: AsyncSession, account: AccountRow) -> None:
    """Forget who this was; the orders stay in the shop's books."""
    account.email = None
    account.password_hash = ""
    account.closed_at = datetime.now(UTC)
    await session.commit()


async def ensure_staff(session: AsyncSession, passwords: Passwords, email: str, password: SecretStr) -> None:
    """Open a staff account under this address, unless it has an account already, of whatever kind."""
    if await store.find_by_email(session, email) is None:
        await register(session, passwords, NewAccount(email=email, password=password.get_secret_value()), is_staff=True)
