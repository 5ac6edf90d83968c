"""Names of domains: taken once, some for good; the refusals of both kinds are one documented status."""

from fastapi import FastAPI, HTTPException, Path
from pydantic import BaseModel

app = FastAPI()
REFUSED = {"description": "Taken, reserved, or of an owner who may not"}
names: dict[str, str] = {"example": "iana"}


class Owner(BaseModel):
    owner: str
    years: int = 1


@app.put("/names/{name}", status_code=201, responses={409: REFUSED})
def take(owner: Owner, name: str = Path(pattern="^[a-z]{2,20}$")) -> Owner:
    if name in names:
        raise HTTPException(409, "Taken")
    if owner.owner == "nobody":
        raise HTTPException(409, "Not for nobody")
    if owner.years > 10:
        raise HTTPException(409, "Not for so long")
    names[name] = owner.owner
    return owner


@app.get("/names/{name}", responses={404: {"description": "Free"}})
def whose(name: str = Path(pattern="^[a-z]{2,20}$")) -> dict[str, str]:
    if name not in names:
        raise HTTPException(404, "Free")
    return {"owner": names[name]}
