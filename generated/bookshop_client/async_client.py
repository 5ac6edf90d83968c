# Written by `upheld client`; edit the service instead.
"""The client that does not wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import date
from typing import Literal

import httpx2

from . import operations as _operations, models
from ._runtime.calls import AsyncCaller
from ._runtime.steps import AsyncSecret, OtherContract, Timeout
from ._runtime.streams import AsyncDownload, AsyncStream
from ._runtime.wire import Upload
from .operations import CONTRACT


class AsyncClient(AsyncCaller):
    """Calls Bookshop."""

    def __init__(
        self,
        url: str,
        *,
        bearer: AsyncSecret | None = None,
        timeout: Timeout = 30.0,
        retries: int = 2,
        other_contract: OtherContract = "warn",
        openapi_url: str | None = "/openapi.json",
        http: httpx2.AsyncClient | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        super().__init__(
            url,
            CONTRACT,
            {"OAuth2PasswordBearer": bearer},
            timeout=timeout,
            retries=retries,
            other_contract=other_contract,
            openapi_url=openapi_url,
            http=http,
            sleep=sleep,
        )

    async def sign_in(
        self,
        username: str,
        password: str,
        *,
        scope: Iterable[str] = (),
        client_id: str | None = None,
        client_secret: str | None = None,
    ) -> None:
        """Exchange a password for a token, which is sent from now on where the contract asks for it.

        Raises: as the operation that gives the token; see the contract.
        """
        token = await self._call(
            _operations.TOKEN,
            grant_type="password",
            username=username,
            password=password,
            scope=" ".join([scope] if isinstance(scope, str) else scope) or None,
            client_id=client_id,
            client_secret=client_secret,
        )
        self._keep("OAuth2PasswordBearer", token)

    def sign_out(self) -> None:
        """Forget the token."""
        self._forget("OAuth2PasswordBearer")

    async def register_account(self, *, body: models.NewAccount) -> models.Account:
        """Register"""
        return await self._call(_operations.REGISTER_ACCOUNT, body=body)

    async def read_account(self) -> models.Account:
        """Read one's own account"""
        return await self._call(_operations.READ_ACCOUNT)

    async def close_account(self) -> None:
        """Close one's account"""
        return await self._call(_operations.CLOSE_ACCOUNT)

    async def change_password(self, *, body: models.PasswordChange) -> None:
        """Change one's password"""
        return await self._call(_operations.CHANGE_PASSWORD, body=body)

    async def list_books(
        self,
        *,
        genre: list[models.Genre] | None = None,
        q: str | None = None,
        max_price_cents: int | None = None,
        limit: int | None = None,
        cursor: int | None = None,
    ) -> models.BookPage:
        """Search the books"""
        return await self._call(
            _operations.LIST_BOOKS,
            genre=genre,
            q=q,
            max_price_cents=max_price_cents,
            limit=limit,
            cursor=cursor,
        )

    def iter_list_books(
        self,
        *,
        genre: list[models.Genre] | None = None,
        q: str | None = None,
        max_price_cents: int | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[models.Book]:
        """Search the books"""
        return self._pages(
            _operations.LIST_BOOKS_PAGES,
            genre=genre,
            q=q,
            max_price_cents=max_price_cents,
            limit=limit,
        )

    async def add_book(self, *, body: models.NewBook) -> models.Book:
        """Add a book"""
        return await self._call(_operations.ADD_BOOK, body=body)

    async def export_books(self) -> str:
        """Export the catalogue"""
        return await self._call(_operations.EXPORT_BOOKS)

    async def stream_export_books(self) -> AsyncStream[str]:
        """Export the catalogue"""
        return await self._call(_operations.EXPORT_BOOKS_LINES)

    async def read_book(self, book_id: int, *, if_none_match: str | None = None) -> models.Book:
        """Read a book"""
        return await self._call(_operations.READ_BOOK, book_id=book_id, if_none_match=if_none_match)

    async def replace_book(self, book_id: int, *, body: models.BookFacts, if_match: str | None = None) -> models.Book:
        """Describe a book anew"""
        return await self._call(_operations.REPLACE_BOOK, book_id=book_id, if_match=if_match, body=body)

    async def remove_book(self, book_id: int) -> None:
        """Remove a book"""
        return await self._call(_operations.REMOVE_BOOK, book_id=book_id)

    async def read_cover(self, book_id: int) -> AsyncDownload:
        """Look at a book"""
        return await self._call(_operations.READ_COVER, book_id=book_id)

    async def upload_cover(self, book_id: int, *, cover: Upload) -> None:
        """Put a picture on a book"""
        return await self._call(_operations.UPLOAD_COVER, book_id=book_id, cover=cover)

    async def list_reviews(
        self,
        book_id: int,
        *,
        limit: int | None = None,
        cursor: int | None = None,
    ) -> models.ReviewPage:
        """List the reviews of a book"""
        return await self._call(_operations.LIST_REVIEWS, book_id=book_id, limit=limit, cursor=cursor)

    def iter_list_reviews(self, book_id: int, *, limit: int | None = None) -> AsyncIterator[models.Review]:
        """List the reviews of a book"""
        return self._pages(_operations.LIST_REVIEWS_PAGES, book_id=book_id, limit=limit)

    async def write_review(self, book_id: int, *, body: models.NewReview) -> models.Review:
        """Review a book"""
        return await self._call(_operations.WRITE_REVIEW, book_id=book_id, body=body)

    async def list_similar_books(self, book_id: int, *, limit: int | None = None) -> models.Recommendations:
        """Find similar books"""
        return await self._call(_operations.LIST_SIMILAR_BOOKS, book_id=book_id, limit=limit)

    async def count_stock(self, book_id: int, *, body: models.StockCount) -> models.Book:
        """Count the copies of a book"""
        return await self._call(_operations.COUNT_STOCK, book_id=book_id, body=body)

    async def send_events(self, *, body: Iterable[models.Visit] | bytes) -> models.Job:
        """Send access-log lines"""
        return await self._call(_operations.SEND_EVENTS, body=body)

    async def check_live(self) -> models.Health:
        """Is the service up?"""
        return await self._call(_operations.CHECK_LIVE)

    async def check_ready(self) -> models.Health:
        """Can the service work?"""
        return await self._call(_operations.CHECK_READY)

    async def list_jobs(
        self,
        *,
        status: list[models.JobStatus] | None = None,
        limit: int | None = None,
        cursor: int | None = None,
    ) -> models.JobPage:
        """List the jobs"""
        return await self._call(_operations.LIST_JOBS, status=status, limit=limit, cursor=cursor)

    def iter_list_jobs(
        self,
        *,
        status: list[models.JobStatus] | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[models.Job]:
        """List the jobs"""
        return self._pages(_operations.LIST_JOBS_PAGES, status=status, limit=limit)

    async def read_job(self, job_id: int) -> models.Job:
        """Read a job"""
        return await self._call(_operations.READ_JOB, job_id=job_id)

    async def list_orders(self, *, limit: int | None = None, cursor: int | None = None) -> models.OrderPage:
        """List one's orders"""
        return await self._call(_operations.LIST_ORDERS, limit=limit, cursor=cursor)

    def iter_list_orders(self, *, limit: int | None = None) -> AsyncIterator[models.Order]:
        """List one's orders"""
        return self._pages(_operations.LIST_ORDERS_PAGES, limit=limit)

    async def place_order(self, *, body: models.NewOrder, idempotency_key: str | None = None) -> models.Order:
        """Place an order"""
        return await self._call(_operations.PLACE_ORDER, idempotency_key=idempotency_key, body=body)

    async def read_order(self, order_id: int) -> models.Order:
        """Read an order"""
        return await self._call(_operations.READ_ORDER, order_id=order_id)

    async def cancel_order(self, order_id: int) -> models.Order:
        """Cancel an order"""
        return await self._call(_operations.CANCEL_ORDER, order_id=order_id)

    async def pay_order(self, order_id: int) -> models.Order:
        """Pay an order"""
        return await self._call(_operations.PAY_ORDER, order_id=order_id)

    async def list_recommendations(self, *, limit: int | None = None) -> models.Recommendations:
        """Get recommendations"""
        return await self._call(_operations.LIST_RECOMMENDATIONS, limit=limit)

    async def read_recommender(self) -> models.Recommender:
        """Read about the recommender"""
        return await self._call(_operations.READ_RECOMMENDER)

    async def train_recommender(self) -> models.Job:
        """Train the recommender"""
        return await self._call(_operations.TRAIN_RECOMMENDER)

    async def list_reports(self, *, limit: int | None = None, cursor: int | None = None) -> models.ReportPage:
        """List the reports"""
        return await self._call(_operations.LIST_REPORTS, limit=limit, cursor=cursor)

    def iter_list_reports(self, *, limit: int | None = None) -> AsyncIterator[models.Report]:
        """List the reports"""
        return self._pages(_operations.LIST_REPORTS_PAGES, limit=limit)

    async def request_report(self, *, body: models.NewReport) -> models.Job:
        """Ask for a sales report"""
        return await self._call(_operations.REQUEST_REPORT, body=body)

    async def read_report(self, report_id: int) -> models.Report:
        """Read a report"""
        return await self._call(_operations.READ_REPORT, report_id=report_id)

    async def download_workbook(self, report_id: int) -> AsyncDownload:
        """Download a report"""
        return await self._call(_operations.DOWNLOAD_WORKBOOK, report_id=report_id)

    async def read_review(self, review_id: int) -> models.Review:
        """Read a review"""
        return await self._call(_operations.READ_REVIEW, review_id=review_id)

    async def change_review(self, review_id: int, *, body: models.NewReview) -> models.Review:
        """Change one's review"""
        return await self._call(_operations.CHANGE_REVIEW, review_id=review_id, body=body)

    async def remove_review(self, review_id: int) -> None:
        """Remove one's review"""
        return await self._call(_operations.REMOVE_REVIEW, review_id=review_id)

    async def sign_in_(
        self,
        *,
        grant_type: Literal["password"],
        username: str,
        password: str,
        scope: str | None = None,
    ) -> models.Token:
        """Sign in"""
        return await self._call(
            _operations.SIGN_IN_,
            grant_type=grant_type,
            username=username,
            password=password,
            scope=scope,
        )

    async def list_visits(
        self,
        *,
        day: date | None = None,
        limit: int | None = None,
        cursor: int | None = None,
    ) -> models.DailyVisitsPage:
        """List the visits of each day"""
        return await self._call(_operations.LIST_VISITS, day=day, limit=limit, cursor=cursor)

    def iter_list_visits(
        self,
        *,
        day: date | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[models.DailyVisits]:
        """List the visits of each day"""
        return self._pages(_operations.LIST_VISITS_PAGES, day=day, limit=limit)
