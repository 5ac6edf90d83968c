"""A kennel club's register: a dog has one name, and some are not taken."""

from fastapi import Body, FastAPI, HTTPException
from fastapi.responses import HTMLResponse

app = FastAPI()
dogs = {"Rex": "collie"}


def abort(code: int, message: str | None = None) -> None:
    raise HTTPException(code, message)  # lie: undocumented-status POST /dogs/{name} 409; lie: undocumented-status PATCH /dogs/{name} 404


@app.post("/dogs/{name}", status_code=201)
def enter(name: str, breed: str = Body(..., embed=True)) -> dict[str, str]:
    if name in dogs:
        abort(409)
    if len(breed) > 20:
        return HTMLResponse("<b>too long</b>", 413)  # lie: undocumented-status POST /dogs/{name} 413
    dogs[name] = breed
    return {"name": name, "breed": breed}


@app.patch("/dogs/{name}")
def change(name: str, breed: str = Body(..., embed=True)) -> dict[str, str]:
    if name not in dogs:
        abort(404, f"no {name}")
    dogs[name] = breed
    return {"name": name, "breed": breed}
