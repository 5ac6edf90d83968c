"""A dairy that logs to standard output, and has set the root logger up for itself."""

import logging
import logging.config
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, HTTPException

logging.config.dictConfig(
    {
        "version": 1,
        "disable_existing_loggers": True,
        "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
        "handlers": {"out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "plain"}},
        "root": {"level": "DEBUG", "handlers": ["out"]},
    }
)
log = logging.getLogger(__name__)
raw = logging.StreamHandler(sys.__stdout__)
log.addHandler(raw)
logging.captureWarnings(True)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    log.info("the cows are in")
    yield
    log.info("the cows are out")


app = FastAPI(lifespan=lifespan)


@app.get("/milk/{litres}")
async def milk(litres: int) -> int:
    log.info("asked for %d litres", litres)
    if litres < 0:
        log.error("refused", exc_info=True)
        raise HTTPException(409)  # lie: undocumented-status GET /milk/{litres} 409
    return litres
