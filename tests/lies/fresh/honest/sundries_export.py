"""Exports the stock of a haberdashery as JSON, CSV or tab-separated text."""

from enum import StrEnum
from typing import Any

from fastapi import FastAPI, HTTPException
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

app = FastAPI(title="Haberdashery")
SEPARATORS = {"csv": ",", "tsv": "\t"}
MEDIA_TYPES = {"csv": "text/csv", "tsv": "text/tab-separated-values"}
TEXTS: dict[str, Any] = {media_type: {"schema": {"type": "string"}} for media_type in MEDIA_TYPES.values()}


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"


class Article(BaseModel):
    name: str
    pieces: int
    cents: int = Field(serialization_alias="unit_price")


class TradeArticle(Article):
    purchase: int


class Problem(BaseModel):
    detail: str


STOCK = [
    TradeArticle(name="buttons", pieces=4_200, cents=35, purchase=12),
    TradeArticle(name="ribbon", pieces=88, cents=210, purchase=140),
    TradeArticle(name="thimbles", pieces=17, cents=480, purchase=300),
]


class Export:
    def __init__(self, articles: list[TradeArticle], trade: bool) -> None:
        hidden = set() if trade else {"purchase"}
        self.rows = [article.model_dump(by_alias=True, exclude=hidden) for article in articles]

    def text(self, separator: str) -> str:
        lines = [self.rows[0].keys()] if self.rows else []
        lines.extend(row.values() for row in self.rows)
        return "".join(separator.join(map(str, line)) + "\r\n" for line in lines)


@app.get(
    "/stock",
    response_model=list[TradeArticle] | list[Article],
    responses={200: {"content": TEXTS}, 406: {"model": Problem}},
)
async def stock(format: Format = Format.JSON, trade: bool = False, scarce: bool = False) -> Response:
    export = Export([article for article in STOCK if not scarce or article.pieces < 20], trade)
    if format is Format.JSON:
        return JSONResponse(export.rows)
    if format not in SEPARATORS:
        raise HTTPException(406, "Open the CSV in your spreadsheet")
    return Response(export.text(SEPARATORS[format]), media_type=MEDIA_TYPES[format])


@app.get("/stock/pieces")
async def pieces() -> dict[str, int]:
    counted: dict[str, Any] = {article.name: article.pieces for article in STOCK}
    counted["total"] = sum(counted.values())
    return counted
