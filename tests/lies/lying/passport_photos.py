"""Takes passport photos and tells whether they will do."""

from fastapi import FastAPI, File, HTTPException, UploadFile
from pydantic import BaseModel

app = FastAPI()


class Verdict(BaseModel):
    size: int
    accepted: bool


@app.post("/photos", status_code=201)
async def upload(photo: UploadFile = File(description="One face, no hat")) -> Verdict:
    if photo.content_type not in {"image/png", "image/jpeg"}:
        raise HTTPException(415, "Send a PNG or a JPEG")  # lie: undocumented-status POST /photos 415
    content = await photo.read()
    return Verdict(size=len(content), accepted=len(content) > 20_000)


@app.post("/photos/raw")
def raw(photo: bytes = File()) -> Verdict:
    if not photo.startswith(b"\x89PNG"):
        raise HTTPException(400, "Not a PNG")  # lie: undocumented-status POST /photos/raw 400
    return Verdict(size=len(photo), accepted=True)
