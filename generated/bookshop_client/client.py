# Written by `upheld client`; edit the service instead.
"""The client that waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Literal

import httpx2

from . import operations as _operations, models
from ._runtime.calls import SyncCaller
from ._runtime.steps import OtherContract, Secret, Timeout
from ._runtime.streams import Download, Stream
from ._runtime.wire import Upload
from .operations import CONTRACT


class Client(SyncCaller):
    """Calls Bookshop."""

    def __init__(
        self,
        url: str,
        *,
        bearer: Secret | None = None,
        timeout: Timeout = 30.0,
        retries: int = 2,
        other_contract: OtherContract = "warn",
        openapi_url: str | None = "/openapi.json",
        http: httpx2.Client | None = None,
        sleep: Callable[[float], object] = time.sleep,
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

    def sign_in(
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
        token = self._call(
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

    def register_account(self, *, body: models.NewAccount) -> models.Account:
        """Register"""
        return self._call(_operations.REGISTER_ACCOUNT, body=body)

    def read_account(self) -> models.Account:
        """Read one's own account"""
        return self._call(_operations.READ_ACCOUNT)

    def close_account(self) -> None:
        """Close one's account"""
        return self._call(_operations.CLOSE_ACCOUNT)

    def change_password(self, *, body: models.PasswordChange) -> None:
        """Change one's password"""
        return self._call(_operations.CHANGE_PASSWORD, body=body)

    def list_books(
        self,
        *,
        genre: list[models.Genre] | None = None,
        q: str | None = None,
        max_price_cents: int | None = None,
        limit: int | None = None,
        cursor: int | None = None,
    ) -> models.BookPage:
        """Search the books"""
        return self._call(
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
    ) -> Iterator[models.Book]:
        """Search the books"""
        return self._pages(
            _operations.LIST_BOOKS_PAGES,
            genre=genre,
            q=q,
            max_price_cents=max_price_cents,
            limit=limit,
        )

    def add_book(self, *, body: models.NewBook) -> models.Book:
        """Add a book"""
        return self._call(_operations.ADD_BOOK, body=body)

    def export_books(self) -> str:
        """Export the catalogue"""
        return self._call(_operations.EXPORT_BOOKS)

    def stream_export_books(self) -> Stream[str]:
        """Export the catalogue"""
        return self._call(_operations.EXPORT_BOOKS_LINES)

    def read_book(self, book_id: int, *, if_none_match: str | None = None) -> models.Book:
        """Read a book"""
        return self._call(_operations.READ_BOOK, book_id=book_id, if_none_match=if_none_match)

    def replace_book(self, book_id: int, *, body: models.BookFacts, if_match: str | None = None) -> models.Book:
        """Describe a book anew"""
        return self._call(_operations.REPLACE_BOOK, book_id=book_id, if_match=if_match, body=body)

    def remove_book(self, book_id: int) -> None:
        """Remove a book"""
        return self._call(_operations.REMOVE_BOOK, book_id=book_id)

    def read_cover(self, book_id: int) -> Download:
        """Look at a book"""
        return self._call(_operations.READ_COVER, book_id=book_id)

    def upload_cover(self, book_id: int, *, cover: Upload) -> None:
        """Put a picture on a book"""
        return self._call(_operations.UPLOAD_COVER, book_id=book_id, cover=cover)

    def list_reviews(self, book_id: int, *, limit: int | None = None, cursor: int | None = None) -> models.ReviewPage:
        """List the reviews of a book"""
        return self._call(_operations.LIST_REVIEWS, book_id=book_id, limit=limit, cursor=cursor)

    def iter_list_reviews(self, book_id: int, *, limit: int | None = None) -> Iterator[models.Review]:
        """List the reviews of a book"""
        return self._pages(_operations.LIST_REVIEWS_PAGES, book_id=book_id, limit=limit)

    def write_review(self, book_id: int, *, body: models.NewReview) -> models.Review:
        """Review a book"""
        return self._call(_operations.WRITE_REVIEW, book_id=book_id, body=body)

    def list_similar_books(self, book_id: int, *, limit: int | None = None) -> models.Recommendations:
        """Find similar books"""
        return self._call(_operations.LIST_SIMILAR_BOOKS, book_id=book_id, limit=limit)

    def count_stock(self, book_id: int, *, body: models.StockCount) -> models.Book:
        """Count the copies of a book"""
        return self._call(_operations.COUNT_STOCK, book_id=book_id, body=body)

    def send_events(self, *, body: Iterable[models.Visit] | bytes) -> models.Job:
        """Send access-log lines"""
        return self._call(_operations.SEND_EVENTS, body=body)

    def check_live(self) -> models.Health:
        """Is the service up?"""
        return self._call(_operations.CHECK_LIVE)

    def check_ready(self) -> models.Health:
        """Can the service work?"""
        return self._call(_operations.CHECK_READY)

    def list_jobs(
        self,
        *,
        status: list[models.JobStatus] | None = None,
        limit: int | None = None,
        cursor: int | None = None,
    ) -> models.JobPage:
        """List the jobs"""
        return self._call(_operations.LIST_JOBS, status=status, limit=limit, cursor=cursor)

    def iter_list_jobs(
        self,
        *,
        status: list[models.JobStatus] | None = None,
        limit: int | None = None,
    ) -> Iterator[models.Job]:
        """List the jobs"""
        return self._pages(_operations.LIST_JOBS_PAGES, status=status, limit=limit)

    def read_job(self, job_id: int) -> models.Job:
        """Read a job"""
        return self._call(_operations.READ_JOB, job_id=job_id)

    def list_orders(self, *, limit: int | None = None, cursor: int | None = None) -> models.OrderPage:
        """List one's orders"""
        return self._call(_operations.LIST_ORDERS, limit=limit, cursor=cursor)

    def iter_list_orders(self, *, limit: int | None = None) -> Iterator[models.Order]:
        """List one's orders"""
        return self._pages(_operations.LIST_ORDERS_PAGES, limit=limit)

    def place_order(self, *, body: models.NewOrder, idempotency_key: str | None = None) -> models.Order:
        """Place an order"""
        return self._call(_operations.PLACE_ORDER, idempotency_key=idempotency_key, body=body)

    def read_order(self, order_id: int) -> models.Order:
        """Read an order"""
        return self._call(_operations.READ_ORDER, order_id=order_id)

    def cancel_order(self, order_id: int) -> models.Order:
        """Cancel an order"""
        return self._call(_operations.CANCEL_ORDER, order_id=order_id)

    def pay_order(self, order_id: int) -> models.Order:
        """Pay an order"""
        return self._call(_operations.PAY_ORDER, order_id=order_id)

    def list_recommendations(self, *, limit: int | None = None) -> models.Recommendations:
        """Get recommendations"""
        return self._call(_operations.LIST_RECOMMENDATIONS, limit=limit)

    def read_recommender(self) -> models.Recommender:
        """Read about the recommender"""
        return self._call(_operations.READ_RECOMMENDER)

    def train_recommender(self) -> models.Job:
        """Train the recommender"""
        return self._call(_operations.TRAIN_RECOMMENDER)

    def list_reports(self, *, limit: int | None = None, cursor: int | None = None) -> models.ReportPage:
        """List the reports"""
        return self._call(_operations.LIST_REPORTS, limit=limit, cursor=cursor)

    def iter_list_reports(self, *, limit: int | None = None) -> Iterator[models.Report]:
        """List the reports"""
        return self._pages(_operations.LIST_REPORTS_PAGES, limit=limit)

    def request_report(self, *, body: models.NewReport) -> models.Job:
        """Ask for a sales report"""
        return self._call(_operations.REQUEST_REPORT, body=body)

    def read_report(self, report_id: int) -> models.Report:
        """Read a report"""
        return self._call(_operations.READ_REPORT, report_id=report_id)

    def download_workbook(self, report_id: int) -> Download:
        """Download a report"""
        return self._call(_operations.DOWNLOAD_WORKBOOK, report_id=report_id)

    def read_review(self, review_id: int) -> models.Review:
        """Read a review"""
        return self._call(_operations.READ_REVIEW, review_id=review_id)

    def change_review(self, review_id: int, *, body: models.NewReview) -> models.Review:
        """Change one's review"""
        return self._call(_operations.CHANGE_REVIEW, review_id=review_id, body=body)

    def remove_review(self, review_id: int) -> None:
        """Remove one's review"""
        return self._call(_operations.REMOVE_REVIEW, review_id=review_id)

    def sign_in_(
        self,
        *,
        grant_type: Literal["password"],
        username: str,
        password: str,
        scope: str | None = None,
    ) -> models.Token:
        """Sign in"""
        return self._call(
            _operations.SIGN_IN_,
            grant_type=grant_type,
            username=username,
            password=password,
            scope=scope,
        )

    def list_visits(
        self,
        *,
        day: date | None = None,
        limit: int | None = None,
        cursor: int | None = None,
    ) -> models.DailyVisitsPage:
        """List the visits of each day"""
        return self._call(_operations.LIST_VISITS, day=day, limit=limit, cursor=cursor)

    def iter_list_visits(self, *, day: date | None = None, limit: int | None = None) -> Iterator[models.DailyVisits]:
        """List the visits of each day"""
        return self._pages(_operations.LIST_VISITS_PAGES, day=day, limit=limit)
