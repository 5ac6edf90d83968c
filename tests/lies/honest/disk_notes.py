"""An outside service that may fail, a lock file, and a cache that may be stale."""
import contextlib
import json
import socket
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel, Field

app = FastAPI()
class Problem(BaseModel):
    detail: str
HOME = tempfile.TemporaryDirectory()
FOLDER = Path(HOME.name)
class Note(BaseModel):
    text: str = Field(max_length=200)
def saved(name: str, note: Note) -> bool:
    with contextlib.suppress(OSError):
        (FOLDER / f"{name}.json").write_text(note.model_dump_json())
        return True
    return False
@app.put("/notes/{name}", status_code=204, responses={507: {"model": Problem}})
def write(note: Note, name: int) -> None:
    if not saved(f"{name}", note):
        raise HTTPException(507, "The disk is full")
@app.get("/notes/{name}", responses={404: {"model": Problem}, 500: {"model": Problem}})
def read(name: int) -> Note:
    path = FOLDER / f"{name}.json"
    if not path.exists():
        raise HTTPException(404, "No such note")
    try:
        return Note(**json.loads(path.read_text()))
    except ValueError:
        raise HTTPException(500, "It is broken") from None
@app.get("/rates", responses={502: {"model": Problem}, 504: {"model": Problem}})
def rates() -> dict[str, float]:
    try:
        with urllib.request.urlopen("http://127.0.0.1:9/rates", timeout=0.2) as answer:
            return json.load(answer)
    except socket.timeout:
        raise HTTPException(504, "Too slow") from None
    except (urllib.error.URLError, ValueError):
        raise HTTPException(502, "No rates") from None
@app.get("/health", responses={503: {"model": Problem}})
def health(response: Response) -> str:
    ok = True
    try:
        (FOLDER / "alive").touch()
    except OSError:
        ok = False
    if not ok:
        raise HTTPException(503, "No disk")
    response.headers["cache-control"] = "no-store"
    return "alive"
