"""Leaflets that a pharmacy hands out."""

from fastapi import APIRouter, FastAPI, Query
from pydantic import BaseModel

router = APIRouter()


class Leaflet(BaseModel):
    title: str
    language: str
    warning: str | None


@router.get("/leaflets", response_model=list[Leaflet], response_model_exclude_none=True)
def leaflets(language: str = Query("en", pattern="^(en|fr|ga)$")):
    found = [
        Leaflet(title="Aspirin", language=language, warning="Not for children"),
        Leaflet(title="Saline drops", language=language, warning=None),
    ]
    return found  # lie: response-schema-mismatch GET /leaflets 200


app = FastAPI()
app.include_router(router)
