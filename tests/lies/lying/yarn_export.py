"""Exports the price list of a yarn shop, line by line."""

from collections.abc import Iterator

from fastapi import FastAPI, Query
from fastapi.responses import StreamingResponse

YARNS = {"merino": 1250, "alpaca": 1890, "linen": 990}
app = FastAPI()


class CsvResponse(StreamingResponse):
    media_type = "text/csv"


def lines(per: int) -> Iterator[str]:
    yield "yarn,cents per unit\n"
    for name, cents in YARNS.items():
        yield f"{name},{cents // per}\n"  # lie: server-error GET /price-list 200


@app.get("/price-list", response_class=CsvResponse, responses={200: {"content": {"text/csv": {}}}})
def price_list(per: int = Query(1, ge=0, le=12)):
    return CsvResponse(lines(per))
