"""A cinema below a prefix that its proxy strips, with servers in its document and no pages for it."""

from fastapi import FastAPI, HTTPException, Request

app = FastAPI(
    root_path="/cinema/api",
    servers=[{"url": "https://staging.example.org/cinema/api"}, {"url": "/cinema/api"}],
    docs_url=None,
    redoc_url=None,
    openapi_url=None,
)


@app.get("/films/{number}")
def film(number: int, request: Request) -> str:
    if number == 0:
        raise HTTPException(404)  # lie: undocumented-status GET /films/{number} 404
    return str(request.url_for("film", number=number))


@app.get("/root")
def root(request: Request) -> str:
    return request.scope["root_path"]
