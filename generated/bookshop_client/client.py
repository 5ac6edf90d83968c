# Written by `upheld client`; edit the service instead.
"""The client that waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Literal, TYPE_CHECKING

from . import operations as _operations, models
from ._runtime.calls import SyncCaller
from ._runtime.steps import OtherContract, Secret, Timeout
from ._runtime.streams import Download, Stream
from ._runtime.wire import Upload
from .operations import CONTRACT

if TYPE_CHECKING:
    import httpx2


class Client(SyncCaller):
    """Calls Bookshop.

        with Client(url) as client:
            ...

    Args:
        url: Where the service is, with the prefix that it has there, if any.
        timeout: Seconds for each of connecting, sending and waiting for more; `None` waits for ever.
        retries: How often GET, HEAD and OPTIONS are asked again where the connection broke or the server is
            busy (502, 503, 504, and 429 with `Retry-After`).
        other_contract: What to do when the server names another contract than this client was made from:
            `ignore`, `warn` with a `ContractWarning`, or `refuse` with `ContractChanged`.
        openapi_url: Where the server shows its document, to tell what breaks; `None` where it does not.
        http: What makes the requests, an `httpx2.Client`; for proxies, certificates and tests.
        sleep: What waits between retries.

    Other keywords are credentials, each a text or what gives one; sent only where the contract asks for them.
    """

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
        sleep: Callable[[float], object] | None = None,
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
        """Register.

        Open an account. Answers 409 where the e-mail address, in whatever case, has one already.

        Returns:
            The new account.

        Raises:
            BadRequest: The body could not be read: it is not what its media type says.
            Conflict: The present state does not allow this.
            ContentTooLarge: The body is longer than the service takes.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.register_account(
                body=models.NewAccount(
                    email="ada@example.org",
                    password="correct horse battery",
                ),
            )
        """
        return self._call(_operations.REGISTER_ACCOUNT, body=body)

    def read_account(self) -> models.Account:
        """Read one's own account.

        Show the account that is signed in.

        Returns:
            The account that is signed in.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.

        Example:
            answer = client.read_account()
        """
        return self._call(_operations.READ_ACCOUNT)

    def close_account(self) -> None:
        """Close one's account.

        Close the account that is signed in. From now on its tokens answer 401, and its address may register anew.

        Returns:
            The account is closed.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.

        Example:
            client.close_account()
        """
        return self._call(_operations.CLOSE_ACCOUNT)

    def change_password(self, *, body: models.PasswordChange) -> None:
        """Change one's password.

        Replace the password. Answers 403 where the current one is wrong. Tokens stay good until they expire.

        Returns:
            The password is changed.

        Raises:
            BadRequest: The body could not be read: it is not what its media type says.
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            ContentTooLarge: The body is longer than the service takes.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            client.change_password(
                body=models.PasswordChange(
                    current_password="correct horse battery",
                    new_password="staple of the catalogue",
                ),
            )
        """
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
        """Search the books.

        List the books that match all of the given conditions, in the order in which they were added.

        Args:
            genre: The shelves to look at; all where none is given.
            q: Part of a title or an author, ASCII letters in either case; any book where this is empty.
            max_price_cents: The highest price in cents.
            limit: How many items to send at most.
            cursor: Start after this id: a page's `next_cursor`.

        Returns:
            A page of books.

        Raises:
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.list_books()
        """
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
        """Search the books: the items of all pages.

        List the books that match all of the given conditions, in the order in which they were added.

        Args:
            genre: The shelves to look at; all where none is given.
            q: Part of a title or an author, ASCII letters in either case; any book where this is empty.
            max_price_cents: The highest price in cents.
            limit: How many items to send at most.

        Raises:
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            for item in client.iter_list_books():
                print(item)
        """
        return self._pages(
            _operations.LIST_BOOKS_PAGES,
            genre=genre,
            q=q,
            max_price_cents=max_price_cents,
            limit=limit,
        )

    def add_book(self, *, body: models.NewBook) -> models.Book:
        """Add a book.

        Put a book on sale. Answers 409 where another book has its ISBN.

        Returns:
            The new book.

        Raises:
            BadRequest: The body could not be read: it is not what its media type says.
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            Conflict: The present state does not allow this.
            ContentTooLarge: The body is longer than the service takes.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.add_book(
                body=models.NewBook(
                    author="Virginia Woolf",
                    genre=models.Genre.fiction,
                    isbn="9780156949606",
                    price_cents=1299,
                    stock=12,
                    title="The Waves",
                ),
            )
        """
        return self._call(_operations.ADD_BOOK, body=body)

    def export_books(self) -> str:
        """Export the catalogue.

        Send the whole catalogue as CSV, however long it is.

        Returns:
            Every book, the names of the columns first.

        Example:
            answer = client.export_books()
        """
        return self._call(_operations.EXPORT_BOOKS)

    def stream_export_books(self) -> Stream[str]:
        """Export the catalogue, line by line.

        Send the whole catalogue as CSV, however long it is.

        Example:
            with client.stream_export_books() as stream:
                for item in stream:
                    print(item)
        """
        return self._call(_operations.EXPORT_BOOKS_LINES)

    def read_book(self, book_id: int, *, if_none_match: str | None = None) -> models.Book:
        """Read a book.

        Show one book. Answers 304 where it has the tag of `If-None-Match`.

        Args:
            book_id: A book's `id`.
            if_none_match: The tag of the book that one has; `*` for any.

        Returns:
            The book.

        Raises:
            NotModified: The book is as it was.
            NotFound: There is nothing under this id.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.read_book(1)
        """
        return self._call(_operations.READ_BOOK, book_id=book_id, if_none_match=if_none_match)

    def replace_book(self, book_id: int, *, body: models.BookFacts, if_match: str | None = None) -> models.Book:
        """Describe a book anew.

        Replace all that is said about a book; its stock stays.

        Answers 412 where it has another tag than that of `If-Match`, and 409 where another book has the ISBN.

        Args:
            book_id: A book's `id`.
            if_match: The tag that the book must have; `*` for any.

        Returns:
            The book as it is now.

        Raises:
            BadRequest: The body could not be read: it is not what its media type says.
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.
            Conflict: The present state does not allow this.
            PreconditionFailed: It is not, or no longer, what `If-Match` says.
            ContentTooLarge: The body is longer than the service takes.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.replace_book(
                1,
                body=models.BookFacts(
                    author="Virginia Woolf",
                    genre=models.Genre.fiction,
                    isbn="9780156949606",
                    price_cents=1299,
                    title="The Waves",
                ),
            )
        """
        return self._call(_operations.REPLACE_BOOK, book_id=book_id, if_match=if_match, body=body)

    def remove_book(self, book_id: int) -> None:
        """Remove a book.

        Take a book off sale. Answers 409 where orders refer to it.

        Args:
            book_id: A book's `id`.

        Returns:
            The book is gone.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.
            Conflict: The present state does not allow this.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            client.remove_book(1)
        """
        return self._call(_operations.REMOVE_BOOK, book_id=book_id)

    def read_cover(self, book_id: int) -> Download:
        """Look at a book.

        Show the cover of a book.

        Args:
            book_id: A book's `id`.

        Returns:
            The picture.

        Raises:
            NotFound: There is nothing under this id.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            with client.read_cover(1) as download:
                content = download.read()
        """
        return self._call(_operations.READ_COVER, book_id=book_id)

    def upload_cover(self, book_id: int, *, cover: Upload) -> None:
        """Put a picture on a book.

        Set the cover of a book: a PNG, a JPEG or a GIF. Answers 415 to any other file.

        Args:
            book_id: A book's `id`.
            cover: The picture; its kind is told by how it starts.

        Returns:
            The book has this cover.

        Raises:
            BadRequest: The body could not be read: it is not what its media type says.
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.
            ContentTooLarge: The body is longer than the service takes.
            UnsupportedMediaType: The file is of a kind that the service does not take.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            client.upload_cover(1, cover=b"content")
        """
        return self._call(_operations.UPLOAD_COVER, book_id=book_id, cover=cover)

    def list_reviews(self, book_id: int, *, limit: int | None = None, cursor: int | None = None) -> models.ReviewPage:
        """List the reviews of a book.

        List what readers say about a book, oldest first.

        Args:
            book_id: A book's `id`.
            limit: How many items to send at most.
            cursor: Start after this id: a page's `next_cursor`.

        Returns:
            A page of reviews.

        Raises:
            NotFound: There is nothing under this id.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.list_reviews(1)
        """
        return self._call(_operations.LIST_REVIEWS, book_id=book_id, limit=limit, cursor=cursor)

    def iter_list_reviews(self, book_id: int, *, limit: int | None = None) -> Iterator[models.Review]:
        """List the reviews of a book: the items of all pages.

        List what readers say about a book, oldest first.

        Args:
            book_id: A book's `id`.
            limit: How many items to send at most.

        Raises:
            NotFound: There is nothing under this id.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            for item in client.iter_list_reviews(1):
                print(item)
        """
        return self._pages(_operations.LIST_REVIEWS_PAGES, book_id=book_id, limit=limit)

    def write_review(self, book_id: int, *, body: models.NewReview) -> models.Review:
        """Review a book.

        Say something about a book. Answers 409 where one has done so already.

        Args:
            book_id: A book's `id`.

        Returns:
            The new review.

        Raises:
            BadRequest: The body could not be read: it is not what its media type says.
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.
            Conflict: The present state does not allow this.
            ContentTooLarge: The body is longer than the service takes.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.write_review(
                1,
                body=models.NewReview(stars=5, text="Six voices, one sea."),
            )
        """
        return self._call(_operations.WRITE_REVIEW, book_id=book_id, body=body)

    def list_similar_books(self, book_id: int, *, limit: int | None = None) -> models.Recommendations:
        """Find similar books.

        List the books that the same people like.

        Args:
            book_id: A book's `id`.
            limit: How many books to send at most.

        Returns:
            The most similar ones first.

        Raises:
            NotFound: There is nothing under this id.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.list_similar_books(1)
        """
        return self._call(_operations.LIST_SIMILAR_BOOKS, book_id=book_id, limit=limit)

    def count_stock(self, book_id: int, *, body: models.StockCount) -> models.Book:
        """Count the copies of a book.

        Set how many copies there are: the result of a count, whatever the shop believed before.

        Args:
            book_id: A book's `id`.

        Returns:
            The book as it is now.

        Raises:
            BadRequest: The body could not be read: it is not what its media type says.
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.
            ContentTooLarge: The body is longer than the service takes.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.count_stock(1, body=models.StockCount(stock=12))
        """
        return self._call(_operations.COUNT_STOCK, book_id=book_id, body=body)

    def send_events(self, *, body: Iterable[models.Visit] | bytes) -> models.Job:
        """Send access-log lines.

        Hand in lines of an access log, to be counted. Answers 400, and takes none, where one of them is no visit.

        Args:
            body: One JSON object a line, each a `Visit`.

        Returns:
            The job that counts them.

        Raises:
            BadRequest: The body could not be read: it is not what its media type says.
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            ContentTooLarge: The body is longer than the service takes.

        Example:
            from datetime import datetime, UTC
            answer = client.send_events(
                body=[
                    models.Visit(
                        at=datetime(2026, 3, 4, 20, 15, 0, tzinfo=UTC),
                        path="/books/1",
                        status=200,
                    ),
                ],
            )
        """
        return self._call(_operations.SEND_EVENTS, body=body)

    def check_live(self) -> models.Health:
        """Is the service up?

        Answer without asking anybody: a database that is down is no reason to restart this process.

        Returns:
            It is.

        Example:
            answer = client.check_live()
        """
        return self._call(_operations.CHECK_LIVE)

    def check_ready(self) -> models.Health:
        """Can the service work?

        Ask the database and the cache for an answer. Answers 503 where one of them gives none.

        Returns:
            It can.

        Raises:
            ServiceUnavailable: A part that the service needs does not answer.

        Example:
            answer = client.check_ready()
        """
        return self._call(_operations.CHECK_READY)

    def list_jobs(
        self,
        *,
        status: list[models.JobStatus] | None = None,
        limit: int | None = None,
        cursor: int | None = None,
    ) -> models.JobPage:
        """List the jobs.

        List the jobs, oldest first: those that failed, for somebody to look after, or those that wait.

        Args:
            status: How far they are; all where none is given.
            limit: How many items to send at most.
            cursor: Start after this id: a page's `next_cursor`.

        Returns:
            A page of jobs.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.list_jobs()
        """
        return self._call(_operations.LIST_JOBS, status=status, limit=limit, cursor=cursor)

    def iter_list_jobs(
        self,
        *,
        status: list[models.JobStatus] | None = None,
        limit: int | None = None,
    ) -> Iterator[models.Job]:
        """List the jobs: the items of all pages.

        List the jobs, oldest first: those that failed, for somebody to look after, or those that wait.

        Args:
            status: How far they are; all where none is given.
            limit: How many items to send at most.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            for item in client.iter_list_jobs():
                print(item)
        """
        return self._pages(_operations.LIST_JOBS_PAGES, status=status, limit=limit)

    def read_job(self, job_id: int) -> models.Job:
        """Read a job.

        Show how far a job is, and where to find what it made.

        Args:
            job_id: A job's `id`.

        Returns:
            The job.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.read_job(12)
        """
        return self._call(_operations.READ_JOB, job_id=job_id)

    def list_orders(self, *, limit: int | None = None, cursor: int | None = None) -> models.OrderPage:
        """List one's orders.

        List the orders of the account that is signed in, oldest first.

        Args:
            limit: How many items to send at most.
            cursor: Start after this id: a page's `next_cursor`.

        Returns:
            A page of orders.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.list_orders()
        """
        return self._call(_operations.LIST_ORDERS, limit=limit, cursor=cursor)

    def iter_list_orders(self, *, limit: int | None = None) -> Iterator[models.Order]:
        """List one's orders: the items of all pages.

        List the orders of the account that is signed in, oldest first.

        Args:
            limit: How many items to send at most.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            for item in client.iter_list_orders():
                print(item)
        """
        return self._pages(_operations.LIST_ORDERS_PAGES, limit=limit)

    def place_order(self, *, body: models.NewOrder, idempotency_key: str | None = None) -> models.Order:
        """Place an order.

        Order some books at today's prices; the copies are kept for a day, to be paid.

        Answers 404 where one of the books does not exist, and 409 where there are not enough copies, or the key of
        another order is given.

        Args:
            idempotency_key: A new one for each order, such as a UUID: the same order sent again with it is not
                placed twice.

        Returns:
            The new order.

        Raises:
            BadRequest: The body could not be read: it is not what its media type says.
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.
            Conflict: The present state does not allow this.
            ContentTooLarge: The body is longer than the service takes.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.place_order(
                body=models.NewOrder(lines=[models.NewLine(book_id=1, quantity=2)]),
            )
        """
        return self._call(_operations.PLACE_ORDER, idempotency_key=idempotency_key, body=body)

    def read_order(self, order_id: int) -> models.Order:
        """Read an order.

        Show one of one's own orders.

        Args:
            order_id: An order's `id`.

        Returns:
            The order.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.read_order(5)
        """
        return self._call(_operations.READ_ORDER, order_id=order_id)

    def cancel_order(self, order_id: int) -> models.Order:
        """Cancel an order.

        Give up a pending order; its copies are for sale again. Answers 409 where it is not pending.

        Args:
            order_id: An order's `id`.

        Returns:
            The order, cancelled.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.
            Conflict: The present state does not allow this.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.cancel_order(5)
        """
        return self._call(_operations.CANCEL_ORDER, order_id=order_id)

    def pay_order(self, order_id: int) -> models.Order:
        """Pay an order.

        Pay a pending order; a confirmation is mailed. Answers 409 where it is not pending.

        Args:
            order_id: An order's `id`.

        Returns:
            The order, paid.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.
            Conflict: The present state does not allow this.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.pay_order(5)
        """
        return self._call(_operations.PAY_ORDER, order_id=order_id)

    def list_recommendations(self, *, limit: int | None = None) -> models.Recommendations:
        """Get recommendations.

        List what one may like, judged by what one has bought and reviewed; nothing where that is nothing.

        Args:
            limit: How many books to send at most.

        Returns:
            The likeliest to please first.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.list_recommendations()
        """
        return self._call(_operations.LIST_RECOMMENDATIONS, limit=limit)

    def read_recommender(self) -> models.Recommender:
        """Read about the recommender.

        Show what the present model was learned from. Answers 404 before the first training.

        Returns:
            The present model.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.

        Example:
            answer = client.read_recommender()
        """
        return self._call(_operations.READ_RECOMMENDER)

    def train_recommender(self) -> models.Job:
        """Train the recommender.

        Have a new model learned, as every review does by itself.

        Returns:
            The job that does it.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.

        Example:
            answer = client.train_recommender()
        """
        return self._call(_operations.TRAIN_RECOMMENDER)

    def list_reports(self, *, limit: int | None = None, cursor: int | None = None) -> models.ReportPage:
        """List the reports.

        List the reports that were built, oldest first.

        Args:
            limit: How many items to send at most.
            cursor: Start after this id: a page's `next_cursor`.

        Returns:
            A page of reports.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.list_reports()
        """
        return self._call(_operations.LIST_REPORTS, limit=limit, cursor=cursor)

    def iter_list_reports(self, *, limit: int | None = None) -> Iterator[models.Report]:
        """List the reports: the items of all pages.

        List the reports that were built, oldest first.

        Args:
            limit: How many items to send at most.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            for item in client.iter_list_reports():
                print(item)
        """
        return self._pages(_operations.LIST_REPORTS_PAGES, limit=limit)

    def request_report(self, *, body: models.NewReport) -> models.Job:
        """Ask for a sales report.

        Have a report built. The `Location` says how far it is; once it is done, `result` says where the report is.

        Returns:
            The job that builds it.

        Raises:
            BadRequest: The body could not be read: it is not what its media type says.
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            ContentTooLarge: The body is longer than the service takes.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            from datetime import date
            answer = client.request_report(body=models.NewReport(days=31, first_day=date(2026, 3, 1)))
        """
        return self._call(_operations.REQUEST_REPORT, body=body)

    def read_report(self, report_id: int) -> models.Report:
        """Read a report.

        Show what was sold, by book.

        Args:
            report_id: A report's `id`.

        Returns:
            The report.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.read_report(3)
        """
        return self._call(_operations.READ_REPORT, report_id=report_id)

    def download_workbook(self, report_id: int) -> Download:
        """Download a report.

        Send a report as a spreadsheet.

        Args:
            report_id: A report's `id`.

        Returns:
            The report as a spreadsheet.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            with client.download_workbook(3) as download:
                content = download.read()
        """
        return self._call(_operations.DOWNLOAD_WORKBOOK, report_id=report_id)

    def read_review(self, review_id: int) -> models.Review:
        """Read a review.

        Show one review.

        Args:
            review_id: A review's `id`.

        Returns:
            The review.

        Raises:
            NotFound: There is nothing under this id.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.read_review(3)
        """
        return self._call(_operations.READ_REVIEW, review_id=review_id)

    def change_review(self, review_id: int, *, body: models.NewReview) -> models.Review:
        """Change one's review.

        Replace what one has said. Answers 403 where the review is another's.

        Args:
            review_id: A review's `id`.

        Returns:
            The review as it is now.

        Raises:
            BadRequest: The body could not be read: it is not what its media type says.
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.
            ContentTooLarge: The body is longer than the service takes.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.change_review(
                3,
                body=models.NewReview(stars=5, text="Six voices, one sea."),
            )
        """
        return self._call(_operations.CHANGE_REVIEW, review_id=review_id, body=body)

    def remove_review(self, review_id: int) -> None:
        """Remove one's review.

        Take back what one has said. Answers 403 where the review is another's.

        Args:
            review_id: A review's `id`.

        Returns:
            The review is gone.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            NotFound: There is nothing under this id.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            client.remove_review(3)
        """
        return self._call(_operations.REMOVE_REVIEW, review_id=review_id)

    def sign_in_(
        self,
        *,
        grant_type: Literal["password"],
        username: str,
        password: str,
        scope: str | None = None,
    ) -> models.Token:
        """Sign in.

        Exchange an e-mail address and a password for an access token (OAuth2, password flow).

        Answers 429 after too many wrong passwords for one address within a minute.

        Args:
            username: The account's address.
            scope: The wanted scopes, separated by spaces; all that the account has where this is empty. A scope
                that it does not have is left out.

        Returns:
            An access token.

        Raises:
            BadRequest: The body could not be read: it is not what its media type says.
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            ContentTooLarge: The body is longer than the service takes.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.
            TooManyRequests: Too many attempts; `Retry-After` says how many seconds to wait.

        Example:
            answer = client.sign_in_(
                grant_type="password",
                username="ada@example.org",
                password="correct horse battery",
            )
        """
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
        """List the visits of each day.

        List how often each address was asked for on each day.

        Args:
            day: One day only, in UTC.
            limit: How many items to send at most.
            cursor: Start after this id: a page's `next_cursor`.

        Returns:
            A page of counts.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            answer = client.list_visits()
        """
        return self._call(_operations.LIST_VISITS, day=day, limit=limit, cursor=cursor)

    def iter_list_visits(self, *, day: date | None = None, limit: int | None = None) -> Iterator[models.DailyVisits]:
        """List the visits of each day: the items of all pages.

        List how often each address was asked for on each day.

        Args:
            day: One day only, in UTC.
            limit: How many items to send at most.

        Raises:
            Unauthorized: Nobody is signed in, or the credentials are not, or no longer, good.
            Forbidden: The one who is signed in may not do this.
            UnprocessableContent: The request was read, but a value in it is outside the documented limits.

        Example:
            for item in client.iter_list_visits():
                print(item)
        """
        return self._pages(_operations.LIST_VISITS_PAGES, day=day, limit=limit)
