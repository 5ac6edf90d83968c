# Written by `upheld client`; edit the service instead.
"""The operations of the contract."""

from __future__ import annotations

from typing import Final

from . import errors, models
from ._runtime.answers import Reads
from ._runtime.operations import Answer, Contract, Operation, Pages, Scheme, Token
from ._runtime.streams import AsyncDownload, AsyncStream, Download, Stream
from ._runtime.wire import Body, Member, Parameter

CONTRACT_SHA256: Final = "671d0105769db5cfd09ca20683109107f5db4fe8ce1052d90b3c94a56d1d7bf9"

CONTRACT: Final = Contract(
    sha256=CONTRACT_SHA256,
    package=__name__.rpartition(".")[0],
    schemes={"OAuth2PasswordBearer": Scheme("header", "authorization", "Bearer")},
)

REGISTER_ACCOUNT: Final[Operation[models.Account, models.Account]] = Operation(
    method="POST",
    path="/accounts",
    body=Body("json", "application/json"),
    answers={
        "201": Answer({"application/json": Reads("json", models.Account)}),
        "400": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.BadRequest),
        "409": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Conflict),
        "413": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.ContentTooLarge),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
)

READ_ACCOUNT: Final[Operation[models.Account, models.Account]] = Operation(
    method="GET",
    path="/accounts/me",
    answers={
        "200": Answer({"application/json": Reads("json", models.Account)}),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

CLOSE_ACCOUNT: Final[Operation[None, None]] = Operation(
    method="DELETE",
    path="/accounts/me",
    answers={
        "204": Answer(),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
    },
    accept="application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

CHANGE_PASSWORD: Final[Operation[None, None]] = Operation(
    method="PUT",
    path="/accounts/me/password",
    body=Body("json", "application/json"),
    answers={
        "204": Answer(),
        "400": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.BadRequest),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "413": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.ContentTooLarge),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

LIST_BOOKS: Final[Operation[models.BookPage, models.BookPage]] = Operation(
    method="GET",
    path="/books",
    parameters=(
        Parameter("genre", "query"),
        Parameter("q", "query"),
        Parameter("max_price_cents", "query"),
        Parameter("limit", "query"),
        Parameter("cursor", "query"),
    ),
    answers={
        "200": Answer({"application/json": Reads("json", models.BookPage)}),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
)

LIST_BOOKS_PAGES: Final[Pages[models.Book]] = Pages(
    operation=LIST_BOOKS,
    items=("items",),
    following=("next_cursor",),
    argument="cursor",
)

ADD_BOOK: Final[Operation[models.Book, models.Book]] = Operation(
    method="POST",
    path="/books",
    body=Body("json", "application/json"),
    answers={
        "201": Answer({"application/json": Reads("json", models.Book)}, headers=("Location",)),
        "400": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.BadRequest),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "409": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Conflict),
        "413": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.ContentTooLarge),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

EXPORT_BOOKS: Final[Operation[str, str]] = Operation(
    method="GET",
    path="/books.csv",
    answers={"200": Answer({"text/csv": Reads("text")})},
    accept="text/csv",
)

EXPORT_BOOKS_LINES: Final[Operation[Stream[str], AsyncStream[str]]] = Operation(
    method="GET",
    path="/books.csv",
    answers={"200": Answer({"text/csv": Reads("texts")})},
    accept="text/csv",
)

READ_BOOK: Final[Operation[models.Book, models.Book]] = Operation(
    method="GET",
    path="/books/{book_id}",
    parameters=(Parameter("book_id", "path"), Parameter("if-none-match", "header", "if_none_match")),
    answers={
        "200": Answer({"application/json": Reads("json", models.Book)}, headers=("ETag",)),
        "304": Answer(headers=("ETag",), error=errors.NotModified),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
)

REPLACE_BOOK: Final[Operation[models.Book, models.Book]] = Operation(
    method="PUT",
    path="/books/{book_id}",
    parameters=(Parameter("book_id", "path"), Parameter("if-match", "header", "if_match")),
    body=Body("json", "application/json"),
    answers={
        "200": Answer({"application/json": Reads("json", models.Book)}, headers=("ETag",)),
        "400": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.BadRequest),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "409": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Conflict),
        "412": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.PreconditionFailed),
        "413": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.ContentTooLarge),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

REMOVE_BOOK: Final[Operation[None, None]] = Operation(
    method="DELETE",
    path="/books/{book_id}",
    parameters=(Parameter("book_id", "path"),),
    answers={
        "204": Answer(),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "409": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Conflict),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

READ_COVER: Final[Operation[Download, AsyncDownload]] = Operation(
    method="GET",
    path="/books/{book_id}/cover",
    parameters=(Parameter("book_id", "path"),),
    answers={
        "200": Answer({"image/*": Reads("bytes")}),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="image/*, application/problem+json",
)

UPLOAD_COVER: Final[Operation[None, None]] = Operation(
    method="PUT",
    path="/books/{book_id}/cover",
    parameters=(Parameter("book_id", "path"),),
    body=Body("multipart", "multipart/form-data", (Member("cover", file=True),)),
    answers={
        "204": Answer(),
        "400": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.BadRequest),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "413": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.ContentTooLarge),
        "415": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnsupportedMediaType),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

LIST_REVIEWS: Final[Operation[models.ReviewPage, models.ReviewPage]] = Operation(
    method="GET",
    path="/books/{book_id}/reviews",
    parameters=(Parameter("book_id", "path"), Parameter("limit", "query"), Parameter("cursor", "query")),
    answers={
        "200": Answer({"application/json": Reads("json", models.ReviewPage)}),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
)

LIST_REVIEWS_PAGES: Final[Pages[models.Review]] = Pages(
    operation=LIST_REVIEWS,
    items=("items",),
    following=("next_cursor",),
    argument="cursor",
)

WRITE_REVIEW: Final[Operation[models.Review, models.Review]] = Operation(
    method="POST",
    path="/books/{book_id}/reviews",
    parameters=(Parameter("book_id", "path"),),
    body=Body("json", "application/json"),
    answers={
        "201": Answer({"application/json": Reads("json", models.Review)}, headers=("Location",)),
        "400": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.BadRequest),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "409": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Conflict),
        "413": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.ContentTooLarge),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

LIST_SIMILAR_BOOKS: Final[Operation[models.Recommendations, models.Recommendations]] = Operation(
    method="GET",
    path="/books/{book_id}/similar",
    parameters=(Parameter("book_id", "path"), Parameter("limit", "query")),
    answers={
        "200": Answer({"application/json": Reads("json", models.Recommendations)}),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
)

COUNT_STOCK: Final[Operation[models.Book, models.Book]] = Operation(
    method="PUT",
    path="/books/{book_id}/stock",
    parameters=(Parameter("book_id", "path"),),
    body=Body("json", "application/json"),
    answers={
        "200": Answer({"application/json": Reads("json", models.Book)}),
        "400": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.BadRequest),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "413": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.ContentTooLarge),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

SEND_EVENTS: Final[Operation[models.Job, models.Job]] = Operation(
    method="POST",
    path="/events",
    body=Body("lines", "application/x-ndjson"),
    answers={
        "202": Answer({"application/json": Reads("json", models.Job)}, headers=("Location",)),
        "400": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.BadRequest),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "413": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.ContentTooLarge),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

CHECK_LIVE: Final[Operation[models.Health, models.Health]] = Operation(
    method="GET",
    path="/health/live",
    answers={"200": Answer({"application/json": Reads("json", models.Health)})},
    accept="application/json",
)

CHECK_READY: Final[Operation[models.Health, models.Health]] = Operation(
    method="GET",
    path="/health/ready",
    answers={
        "200": Answer({"application/json": Reads("json", models.Health)}),
        "503": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.ServiceUnavailable),
    },
    accept="application/json, application/problem+json",
)

LIST_JOBS: Final[Operation[models.JobPage, models.JobPage]] = Operation(
    method="GET",
    path="/jobs",
    parameters=(Parameter("status", "query"), Parameter("limit", "query"), Parameter("cursor", "query")),
    answers={
        "200": Answer({"application/json": Reads("json", models.JobPage)}),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

LIST_JOBS_PAGES: Final[Pages[models.Job]] = Pages(
    operation=LIST_JOBS,
    items=("items",),
    following=("next_cursor",),
    argument="cursor",
)

READ_JOB: Final[Operation[models.Job, models.Job]] = Operation(
    method="GET",
    path="/jobs/{job_id}",
    parameters=(Parameter("job_id", "path"),),
    answers={
        "200": Answer({"application/json": Reads("json", models.Job)}),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

LIST_ORDERS: Final[Operation[models.OrderPage, models.OrderPage]] = Operation(
    method="GET",
    path="/orders",
    parameters=(Parameter("limit", "query"), Parameter("cursor", "query")),
    answers={
        "200": Answer({"application/json": Reads("json", models.OrderPage)}),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

LIST_ORDERS_PAGES: Final[Pages[models.Order]] = Pages(
    operation=LIST_ORDERS,
    items=("items",),
    following=("next_cursor",),
    argument="cursor",
)

PLACE_ORDER: Final[Operation[models.Order, models.Order]] = Operation(
    method="POST",
    path="/orders",
    parameters=(Parameter("idempotency-key", "header", "idempotency_key"),),
    body=Body("json", "application/json"),
    answers={
        "201": Answer({"application/json": Reads("json", models.Order)}, headers=("Location",)),
        "400": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.BadRequest),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "409": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Conflict),
        "413": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.ContentTooLarge),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

READ_ORDER: Final[Operation[models.Order, models.Order]] = Operation(
    method="GET",
    path="/orders/{order_id}",
    parameters=(Parameter("order_id", "path"),),
    answers={
        "200": Answer({"application/json": Reads("json", models.Order)}),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

CANCEL_ORDER: Final[Operation[models.Order, models.Order]] = Operation(
    method="POST",
    path="/orders/{order_id}/cancel",
    parameters=(Parameter("order_id", "path"),),
    answers={
        "200": Answer({"application/json": Reads("json", models.Order)}),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "409": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Conflict),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

PAY_ORDER: Final[Operation[models.Order, models.Order]] = Operation(
    method="POST",
    path="/orders/{order_id}/pay",
    parameters=(Parameter("order_id", "path"),),
    answers={
        "200": Answer({"application/json": Reads("json", models.Order)}),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "409": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Conflict),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

LIST_RECOMMENDATIONS: Final[Operation[models.Recommendations, models.Recommendations]] = Operation(
    method="GET",
    path="/recommendations",
    parameters=(Parameter("limit", "query"),),
    answers={
        "200": Answer({"application/json": Reads("json", models.Recommendations)}),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

READ_RECOMMENDER: Final[Operation[models.Recommender, models.Recommender]] = Operation(
    method="GET",
    path="/recommender",
    answers={
        "200": Answer({"application/json": Reads("json", models.Recommender)}),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

TRAIN_RECOMMENDER: Final[Operation[models.Job, models.Job]] = Operation(
    method="POST",
    path="/recommender/trainings",
    answers={
        "202": Answer({"application/json": Reads("json", models.Job)}, headers=("Location",)),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

LIST_REPORTS: Final[Operation[models.ReportPage, models.ReportPage]] = Operation(
    method="GET",
    path="/reports",
    parameters=(Parameter("limit", "query"), Parameter("cursor", "query")),
    answers={
        "200": Answer({"application/json": Reads("json", models.ReportPage)}),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

LIST_REPORTS_PAGES: Final[Pages[models.Report]] = Pages(
    operation=LIST_REPORTS,
    items=("items",),
    following=("next_cursor",),
    argument="cursor",
)

REQUEST_REPORT: Final[Operation[models.Job, models.Job]] = Operation(
    method="POST",
    path="/reports",
    body=Body("json", "application/json"),
    answers={
        "202": Answer({"application/json": Reads("json", models.Job)}, headers=("Location",)),
        "400": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.BadRequest),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "413": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.ContentTooLarge),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

READ_REPORT: Final[Operation[models.Report, models.Report]] = Operation(
    method="GET",
    path="/reports/{report_id}",
    parameters=(Parameter("report_id", "path"),),
    answers={
        "200": Answer({"application/json": Reads("json", models.Report)}),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

DOWNLOAD_WORKBOOK: Final[Operation[Download, AsyncDownload]] = Operation(
    method="GET",
    path="/reports/{report_id}/workbook",
    parameters=(Parameter("report_id", "path"),),
    answers={
        "200": Answer({"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Reads("bytes")}),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

READ_REVIEW: Final[Operation[models.Review, models.Review]] = Operation(
    method="GET",
    path="/reviews/{review_id}",
    parameters=(Parameter("review_id", "path"),),
    answers={
        "200": Answer({"application/json": Reads("json", models.Review)}),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
)

CHANGE_REVIEW: Final[Operation[models.Review, models.Review]] = Operation(
    method="PUT",
    path="/reviews/{review_id}",
    parameters=(Parameter("review_id", "path"),),
    body=Body("json", "application/json"),
    answers={
        "200": Answer({"application/json": Reads("json", models.Review)}),
        "400": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.BadRequest),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "413": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.ContentTooLarge),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

REMOVE_REVIEW: Final[Operation[None, None]] = Operation(
    method="DELETE",
    path="/reviews/{review_id}",
    parameters=(Parameter("review_id", "path"),),
    answers={
        "204": Answer(),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "404": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.NotFound),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

SIGN_IN_: Final[Operation[models.Token, models.Token]] = Operation(
    method="POST",
    path="/token",
    body=Body(
        "form",
        "application/x-www-form-urlencoded",
        (Member("grant_type"), Member("username"), Member("password"), Member("scope")),
    ),
    answers={
        "200": Answer({"application/json": Reads("json", models.Token)}, headers=("Cache-Control",)),
        "400": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.BadRequest),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "413": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.ContentTooLarge),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
        "429": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("Retry-After",),
            error=errors.TooManyRequests,
        ),
    },
    accept="application/json, application/problem+json",
)

LIST_VISITS: Final[Operation[models.DailyVisitsPage, models.DailyVisitsPage]] = Operation(
    method="GET",
    path="/visits",
    parameters=(Parameter("day", "query"), Parameter("limit", "query"), Parameter("cursor", "query")),
    answers={
        "200": Answer({"application/json": Reads("json", models.DailyVisitsPage)}),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "403": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.Forbidden),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
    },
    accept="application/json, application/problem+json",
    security=(("OAuth2PasswordBearer",),),
)

LIST_VISITS_PAGES: Final[Pages[models.DailyVisits]] = Pages(
    operation=LIST_VISITS,
    items=("items",),
    following=("next_cursor",),
    argument="cursor",
)

TOKEN: Final[Operation[Token, Token]] = Operation(
    method="POST",
    path="/token",
    body=Body(
        "form", "application/x-www-form-urlencoded", (Member("grant_type"), Member("username"), Member("password"), Member("scope"), Member("client_id"), Member("client_secret")),
    ),
    answers={
        "200": Answer({"application/json": Reads("json", Token)}),
        "400": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.BadRequest),
        "401": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("WWW-Authenticate",),
            error=errors.Unauthorized,
        ),
        "413": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.ContentTooLarge),
        "422": Answer({"application/problem+json": Reads("json", models.Problem)}, error=errors.UnprocessableContent),
        "429": Answer(
            {"application/problem+json": Reads("json", models.Problem)},
            headers=("Retry-After",),
            error=errors.TooManyRequests,
        ),
    },
)
