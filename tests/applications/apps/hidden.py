"""A bakery with doors that the docs do not mention: what is hidden promises nothing."""

from fastapi import APIRouter, FastAPI, HTTPException

app = FastAPI()
staff = APIRouter(prefix="/staff", include_in_schema=False)


@app.get("/metrics", include_in_schema=False)
def metrics() -> None:
    raise HTTPException(418)


@staff.get("/ovens")
def ovens() -> None:
    raise ZeroDivisionError


@app.get("/bread/{kind}")
def bread(kind: str, secret: str | None = None) -> str:
    if secret:
        raise HTTPException(402)  # lie: undocumented-status GET /bread/{kind} 402
    return kind


app.include_router(staff)
