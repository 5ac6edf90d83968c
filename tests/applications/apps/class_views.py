"""A stud farm whose operations are methods, partials and callable objects."""

from dataclasses import dataclass
from functools import partial, wraps

from fastapi import APIRouter, Depends, FastAPI, HTTPException

app = FastAPI()


def audited(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


class Horses:
    def __init__(self) -> None:
        self.router = APIRouter(prefix="/horses")
        self.router.add_api_route("", self.all, methods=["GET"])
        self.router.add_api_route("/{name}", self.one, methods=["GET"])

    def all(self) -> list[str]:
        return ["Bucephalus"]

    @audited
    def one(self, name: str) -> str:
        if name != "Bucephalus":
            raise HTTPException(404)  # lie: undocumented-status GET /horses/{name} 404
        return name


@dataclass(frozen=True)
class AtMost:
    most: int

    def __call__(self, weight: int = 0) -> int:
        if weight > self.most:
            raise HTTPException(413)  # lie: undocumented-status GET /loads 413
        return weight


def feed(kind: str, amount: int = 1) -> str:
    return kind * min(max(amount, 0), 3)


class Stable:
    def __call__(self, box: int = 0) -> int:
        return 10 // box  # lie: server-error GET /boxes 500


app.include_router(Horses().router)
app.get("/hay")(partial(feed, "hay"))
app.get("/boxes", response_model=int)(Stable())


@app.get("/loads")
@audited
def loads(weight: int = Depends(AtMost(400))) -> int:
    return weight
