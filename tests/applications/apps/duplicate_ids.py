"""A chemist whose operations share an id, and routes with several methods."""

from fastapi import FastAPI, HTTPException, Response

app = FastAPI()


@app.get("/pills", operation_id="pills")
def pills() -> list[str]:
    return []


@app.get("/potions", operation_id="pills")
def potions(strength: int = 0) -> list[str]:
    if strength > 100:
        raise HTTPException(409)  # lie: undocumented-status GET /potions 409
    return []


@app.api_route("/scales", methods=["GET", "PUT", "HEAD", "OPTIONS"])
def scales(response: Response, weight: int = 0) -> int:
    if weight < 0:
        response.status_code = 202  # lie: undocumented-status GET /scales 202; lie: undocumented-status PUT /scales 202; lie: undocumented-status HEAD /scales 202; lie: undocumented-status OPTIONS /scales 202
    return weight
