"""The table of accounts, and what is asked of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from service.database import NumberedRow


class Scope(StrEnum):
    """What a token lets its bearer do."""

    READER = "reader"
    STAFF = "staff"


class AccountRow(NumberedRow):
    """Somebody the shop knows. A closed account keeps its row, since orders refer to it, and loses all else."""

    __tablename__ = "accounts"

    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    """In lower case; none once the account is closed, so that the address is free again."""
    password_hash: Mapped[str] = mapped_column(String(255))
    is_staff: Mapped[bool]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    @property
    def scopes(self) -> list[Scope]:
        """Return all that this account may ask a token for."""
        return [Scope.READER, Scope.STAFF] if self.is_staff else [Scope.READER]


async def find_open(session: AsyncSession, account_id: int) -> AccountRow | None:
    """Return the account unless it is unknown or closed."""
    account = await session.get(AccountRow, account_id)
    return account if account is not None and account.closed_at is None else None


async def find_by_email(session: AsyncSession, email: str) -> AccountRow | None:
    """Return the open account with this address, in whatever case it is written."""
    return await session.scalar(select(AccountRow).where(AccountRow.email == email.lower()))
