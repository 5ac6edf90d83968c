"""A school whose routes stand in each other's way, and in the way of those of the same name."""

from fastapi import APIRouter, FastAPI, HTTPException

app = FastAPI(redirect_slashes=False)
router = APIRouter(prefix="/pupils")


@router.get("/{number}")
def pupil(number: int) -> dict[str, int]:
    return {"number": number}


@router.get("/me")
def me() -> dict[str, int]:  # lie: undocumented-status GET /pupils/me 422
    return {"number": 1}


@router.get("/{number}/marks")
def marks(number: int) -> list[int]:
    return [1]


@app.get("/classes")
def classes() -> list[str]:
    raise HTTPException(410)  # lie: undocumented-status GET /classes 410


@app.get("/classes")
def classes_again() -> list[str]:
    return ["1a"]


app.include_router(router)
