"""Reads the temperature of hot springs from a slow probe."""

import subprocess
import sys
from time import sleep
from typing import Annotated

from fastapi import Depends, FastAPI, Path
from pydantic import BaseModel

app = FastAPI()

SPRINGS = {1: "upper", 2: "middle", 3: "lower"}


class Spring(BaseModel):
    name: str
    celsius: float


def settle(seconds: float) -> None:
    sleep(seconds)  # lie: blocking-call GET /springs/{number}; lie: blocking-call GET /springs


def read_probe(number: int) -> float:
    settle(0.4)
    return 38.5 + number


async def host_version() -> str:
    told = subprocess.run([sys.executable, "-V"], capture_output=True, text=True)  # lie: blocking-call GET /about
    return told.stdout.strip()


@app.get("/springs")
async def springs() -> list[Spring]:
    return [Spring(name=name, celsius=read_probe(number)) for number, name in SPRINGS.items()]


@app.get("/springs/{number}")
async def spring(number: Annotated[int, Path(ge=1, le=3)]) -> Spring:
    return Spring(name=SPRINGS[number], celsius=read_probe(number))


@app.get("/about")
def about(version: Annotated[str, Depends(host_version)]) -> str:
    return version
