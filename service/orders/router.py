"""The operations on one's own orders."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from service import document, problem
from service.accounts.dependencies import ReaderDep
from service.dependencies import SessionDep
from service.orders import service, store
from service.orders.schemas import NewOrder, Order, OrderPage
from service.orders.store import OrderRow
from service.paging import Cursor, Limit, read_page
from service.wire import MAX_ID, WHOLE

router = APIRouter(prefix="/orders", tags=["orders"])

OrderId = Annotated[int, Path(ge=1, le=MAX_ID, description="An order's `id`.", examples=[5]), WHOLE]


@router.post(
    "",
    status_code=201,
    summary="Place an order",
    response_description="The new order.",
    responses={201: document.located("/orders/{id}"), **problem.responses(400, 401, 403, 404, 422)},
)
async def place_order(account: ReaderDep, new: NewOrder, session: SessionDep, response: Response) -> Order:
    """Order some books at today's prices. Answers 404 where one of them does not exist.

    Whether there are enough copies shows when the order is paid.
    """
    order = await service.place(session, account, new)
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
    rows, next_cursor = await read_page(session, store.of_account(account.id), OrderRow, cursor, limit)
    return OrderPage(items=[Order.model_validate(row) for row in rows], next_cursor=next_cursor)


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
async def pay_order(account: ReaderDep, order_id: OrderId, session: SessionDep) -> Order:
    """Pay a pending order. Answers 409 where it is not pending, or there are not enough copies of a book."""
    return Order.model_validate(await service.pay(session, account, order_id))


@router.post(
    "/{order_id}/cancel",
    summary="Cancel an order",
    response_description="The order, cancelled.",
    responses=problem.responses(401, 403, 404, 409, 422),
)
async def cancel_order(account: ReaderDep, order_id: OrderId, session: SessionDep) -> Order:
    """Give up a pending order. Answers 409 where it is not pending."""
    return Order.model_validate(await service.cancel(session, account, order_id))
