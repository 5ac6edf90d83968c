"""A ferry line whose app is made by a function, and only there."""

from fastapi import FastAPI, HTTPException

FARES = {"adult": 12, "child": 6}


def create_app() -> FastAPI:
    """Make the app."""
    app = FastAPI(title="Ferry line")

    @app.get("/fares")
    def fares() -> dict[str, int]:
        return FARES

    @app.get("/fares/{kind}")
    def fare(kind: str) -> int:
        if kind not in FARES:
            raise HTTPException(404, "No such fare")  # lie: undocumented-status GET /fares/{kind} 404
        return FARES[kind]

    return app
