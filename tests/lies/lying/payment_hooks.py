"""Receives notices from a payment provider and counts them."""

from collections import Counter

from fastapi import FastAPI, Request
from pydantic import BaseModel

app = FastAPI()
counts: Counter[str] = Counter()
NOTICE = {
    "type": "object",
    "required": ["event", "cents"],
    "properties": {"event": {"enum": ["paid", "refunded"]}, "cents": {"type": "integer", "minimum": 0}},
}


class Ack(BaseModel):
    received: int


@app.post(
    "/hooks/payments",
    status_code=202,
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": NOTICE}}}},
)
async def notice(request: Request) -> Ack:  # lie: accepts-invalid-request POST /hooks/payments 202
    counts["bytes"] += len(await request.body())
    counts["notices"] += 1
    return Ack(received=counts["notices"])
