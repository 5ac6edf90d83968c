"""Levels of the ponds in a park."""

from fastapi import APIRouter, FastAPI, Path
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

router = APIRouter(prefix="/ponds")


class Level(BaseModel):
    pond: int
    centimetres: int


class ParkApp(FastAPI):
    """Adds what the gauges of next year will be able to do."""

    def openapi(self) -> dict:
        if self.openapi_schema is None:
            self.openapi_schema = get_openapi(title="Ponds", version="1", routes=self.routes)
            paths = self.openapi_schema["paths"]
            paths["/ponds/{pond}/level"]["put"] = {  # lie: phantom-operation PUT /ponds/{pond}/level
                **paths["/ponds/{pond}/level"]["get"],
                "operationId": "set_level",
                "summary": "Set a level",
            }
        return self.openapi_schema


@router.get("/{pond}/level")
def level(pond: int = Path(ge=1, le=9)) -> Level:
    return Level(pond=pond, centimetres=80 + pond)


app = ParkApp()
app.include_router(router)
