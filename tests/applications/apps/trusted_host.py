"""A bank that only answers to its own name, behind https."""

from fastapi import FastAPI, HTTPException, Request
from starlette.middleware.httpsredirect import HTTPSRedirectMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

app = FastAPI()
app.add_middleware(TrustedHostMiddleware, allowed_hosts=["bank.example"])
app.add_middleware(HTTPSRedirectMiddleware)


@app.get("/where")
def where(request: Request) -> str:
    return str(request.url_for("account", number=7))


@app.get("/accounts/{number}")
def account(number: int, request: Request) -> dict[str, str | int]:
    if request.client is None:
        raise HTTPException(400, "Who asks?")
    if number < 0:
        raise HTTPException(404, request.client.host)  # lie: undocumented-status GET /accounts/{number} 404
    return {"number": number, "asked_from": request.client.host, "port": request.client.port}
