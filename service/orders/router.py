"""The operations on one's own orders."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Response

from service import document, problem
from service.accounts.dependencies import ReaderDep
from service.dependencies import SessionDep, SettingsDep
from service.jobs.dependencies import JobsDep
from service.orders import service, store
from service.orders.schemas import NewOrder, Order, OrderPage
from service.orders.store import OrderRow
from service.paging import Cursor, Limit, read_page
from service.wire import MAX_ID, WHOLE

router = APIRouter(prefix="/orders", tags=["orders"])

IdempotencyKey = Annotated[
    str | None,
    Header(
        pattern="^[A-Za-z0-9_-]{1,64}$",
        description="A new one for each order, such as a UUID: the same order sent again with it is not placed twice.",
        examples=["7d1c8ce2-8a39-4d6b-9b0e-6f1c8f1a2b3c"],
    ),
]
OrderId = Annotated[int, Path(ge=1, le=MAX_ID, description="An order's `id`.", examples=[5]), WHOLE]


@router.post(
    "",
    status_code=201,
    summary="Place an order",
    response_description="The new order.",
    responses={201: document.located("/orders/{id}"), **problem.responses(400, 401, 403, 404, 409, 413, 422)},
)
async def place_order(
    *,
    account: ReaderDep,
    new: NewOrder,
    session: SessionDep,
    jobs: JobsDep,
    settings: SettingsDep,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Order:
    """Order some books at today's prices; the copies are kept for a day, to be paid.

    Answers 404 where one of the books does not exist, and 409 where there are not enough copies, or the key of another
    order is given.
    """
    order = await service.place(session, jobs, settings, account.id, new, idempotency_key)
    response.headers["Location"] = f"/orders/{order.id}"
    return Order.model_validate(order)


@router.get(
    "",
    summary="List one's orders",
    response_description="A page of orders.",
    responses=problem.responses(401, 403, 422),
)
async def list_orders(account: ReaderDep, session: SessionDep, limit: Limit = 20, cursor: Cursor = 0) -> OrderPage:
    """List the orders of the account that is signed in, oldest first."""
    return await read_page(OrderPage, session, store.of_account(account.id), OrderRow, cursor, limit)


@router.get(
    "/{order_id}",
    summary="Read an order",
    response_description="The order.",
    responses=problem.responses(401, 403, 404, 422),
)
async def read_order(account: ReaderDep, order_id: OrderId, session: SessionDep) -> Order:
    """Show one of one's own orders."""
    return Order.model_validate(await service.read(session, account, order_id))


@router.post(
    "/{order_id}/pay",
    summary="Pay an order",
    response_description="The order, paid.",
    responses=problem.responses(401, 403, 404, 409, 422),
)
async def pay_order(account: ReaderDep, order_id: OrderId, session: SessionDep, jobs: JobsDep) -> Order:
    """Pay a pending order; a confirmation is mailed. Answers 409 where it is not pending."""
    return Order.model_validate(await service.pay(session, jobs, account, order_id))


@router.post(
    "/{order_id}/cancel",
    summary="Cancel an order",
    response_description="The order, cancelled.",
    responses=problem.responses(401, 403, 404, 409, 422),
)
async def cancel_order(account: ReaderDep, order_id: OrderId, session: SessionDep) -> Order:
    """Give up a pending order; its copies are for sale again. Answers 409 where it is not pending."""
    return Order.model_validate(await service.cancel(session, account, order_id))
