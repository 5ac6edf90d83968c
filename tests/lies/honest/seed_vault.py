"""A seed vault with three ways to show who one is."""

from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import APIKeyCookie, APIKeyHeader, APIKeyQuery, HTTPBasic, HTTPBasicCredentials
from pydantic import BaseModel

by_header = APIKeyHeader(name="X-Vault-Key", auto_error=False)
by_query = APIKeyQuery(name="vault_key", auto_error=False)
by_cookie = APIKeyCookie(name="vault")
basic = HTTPBasic(auto_error=False)
UNKNOWN = {401: {"description": "Show a key"}}
app = FastAPI(title="Seed vault", responses=UNKNOWN)


class Sample(BaseModel):
    species: str
    grams: int


def key(header: str | None = Depends(by_header), query: str | None = Depends(by_query)) -> str:
    found = header or query
    if not found:
        raise HTTPException(401, "Show a key")
    return found


@app.get("/samples", dependencies=[Depends(key)])
def samples() -> list[Sample]:
    return [Sample(species="Hordeum vulgare", grams=500)]


@app.get("/samples/mine")
def mine(cookie: str = Depends(by_cookie)) -> int:
    return len(cookie)


@app.get("/temperature")
def temperature(who: HTTPBasicCredentials | None = Depends(basic)) -> int:
    if who is None or who.password != "permafrost":
        raise HTTPException(401, "Show a key", {"WWW-Authenticate": "Basic"})
    return -18
