"""Labels of exhibits, with a tag that browsers can keep."""

from hashlib import sha256

from fastapi import FastAPI, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel


class Label(BaseModel):
    exhibit: int
    text: str


TAG = {"ETag": {"required": True, "schema": {"type": "string", "pattern": '^"[0-9a-f]{16}"$'}}}
app = FastAPI()


@app.get("/labels", response_model=list[Label], responses={200: {"headers": TAG}})
async def labels(exhibits: list[int] = Query(default=[])):
    content = [Label(exhibit=n, text=f"Exhibit {n}").model_dump() for n in exhibits]
    if not content:
        return JSONResponse(content)  # lie: response-header-mismatch GET /labels 200
    tag = sha256(repr(content).encode()).hexdigest()[:16]
    return JSONResponse(content, headers={"ETag": f'"{tag}"'})
