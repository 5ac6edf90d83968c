"""The table of reviews, and what is asked of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from service.database import NumberedRow


class ReviewRow(NumberedRow):
    """What one account says about one book, which goes when the book goes."""

    __tablename__ = "reviews"
    __table_args__ = (UniqueConstraint("book_id", "account_id"), NumberedRow.__table_args__)

    book_id: Mapped[int] = mapped_column(ForeignKey("books.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    stars: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]


def of_book(book_id: int) -> Select[ReviewRow]:
    """Select the reviews of one book."""
    return select(ReviewRow).where(ReviewRow.book_id == book_id)
