"""The panel of a burglar alarm."""

from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.openapi.utils import get_openapi
from fastapi.security import APIKeyQuery
from pydantic import BaseModel

pin = APIKeyQuery(name="pin", auto_error=False)
router = APIRouter(prefix="/zones")


class Zone(BaseModel):
    number: int
    armed: bool


armed: set[int] = set()


def check_pin(given: str | None = Depends(pin)) -> None:
    if given != "4711":
        raise HTTPException(401, "Wrong pin")


@router.post("/{number}/arm", dependencies=[Depends(check_pin)], responses={401: {"description": "Wrong pin"}})
def arm(number: int) -> Zone:
    armed.add(number)
    return Zone(number=number, armed=True)


@router.get("/{number}")
def zone(number: int) -> Zone:  # lie: auth-not-enforced GET /zones/{number}
    return Zone(number=number, armed=number in armed)


app = FastAPI()
app.include_router(router)


def document() -> dict:
    if not app.openapi_schema:
        app.openapi_schema = get_openapi(title="Alarm", version="1", routes=app.routes)
        for item in app.openapi_schema["paths"].values():
            for operation in item.values():
                operation["security"] = [{"APIKeyQuery": []}]
    return app.openapi_schema


app.openapi = document
