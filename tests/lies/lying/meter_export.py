"""Exports meter readings for the accountants."""
# ruff: noqa: E501

from fastapi import FastAPI, Query, Response
from fastapi.responses import StreamingResponse

app = FastAPI(title="Meters")


def rows(count: int) -> str:
    return "meter,kWh\n" + "".join(f"{n},{n * 37}\n" for n in range(count))


@app.get("/export")
def export(meters: int = Query(3, ge=0, le=50)):
    return Response(rows(meters), media_type="text/csv")  # lie: undocumented-media-type GET /export 200


@app.get("/export/live")
async def live(meters: int = Query(3, ge=0, le=50)):
    async def chunks():
        for n in range(meters):
            yield f'{{"meter": {n}}}\n'

    return StreamingResponse(chunks(), media_type="application/x-ndjson")  # lie: undocumented-media-type GET /export/live 200
