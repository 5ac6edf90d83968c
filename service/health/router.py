"""What an orchestrator asks: must this process be restarted (live), may requests be sent to it (ready)."""

from typing import Literal

from cashews import CacheBackendInteractionError as CacheError
from fastapi import APIRouter, HTTPException
from pydantic import ConfigDict
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from service import problem
from service.dependencies import CacheDep, SessionDep
from service.wire import ResponseBody

router = APIRouter(prefix="/health", tags=["health"])


class Health(ResponseBody):
    """All is well; anything else is a problem."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "ok"}]})

    status: Literal["ok"] = "ok"


@router.get("/live", summary="Is the service up?", response_description="It is.")
async def check_live() -> Health:
    """Answer without asking anybody: a database that is down is no reason to restart this process."""
    return Health()


@router.get("/ready", summary="Can the service work?", response_description="It can.", responses=problem.responses(503))
async def check_ready(session: SessionDep, cache: CacheDep) -> Health:
    """Ask the database and the cache for an answer. Answers 503 where one of them gives none."""
    try:
        await session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        raise HTTPException(503, "The database does not answer.") from error
    try:
        await cache.ping()
    except CacheError as error:
        raise HTTPException(503, "The cache does not answer.") from error
    return Health()
