"""Takes readings from seismometers and says what to do."""

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

app = FastAPI()


class Reading(BaseModel):
    kind: str
    tenths: int = Field(0, ge=0, le=99, description="Magnitude times ten")
    station: str = "unnamed"


class Advice(BaseModel):
    action: str


@app.post("/readings")
async def read(reading: Reading) -> Advice:
    match reading.kind:
        case "quarry-blast":
            return Advice(action="ignore")
        case "tremor" if reading.tenths >= 70:
            return Advice(action="alarm")
        case "tremor" | "aftershock":
            return Advice(action="note")
        case "volcanic-harmonic":
            raise HTTPException(424, "Ask the volcano desk first")  # lie: undocumented-status POST /readings 424
    match reading:
        case Reading(station="VAT-7", tenths=88):
            raise HTTPException(409, "Sensor in repair")  # lie: undocumented-status POST /readings 409
        case _:
            return Advice(action="keep")
