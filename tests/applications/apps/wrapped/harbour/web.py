from functools import lru_cache

from fastapi import APIRouter, FastAPI

from . import berths
from .errors import NotMoored, not_moored


@lru_cache
def create() -> FastAPI:
    app = FastAPI(title="Harbour")
    api = APIRouter(prefix="/api")
    api.include_router(berths.router)
    app.include_router(api)
    app.add_exception_handler(NotMoored, not_moored)
    return app
