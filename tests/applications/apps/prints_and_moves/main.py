"""A printing press that talks, moves about, and reads files by relative paths."""

import os
import sys
from pathlib import Path

from fastapi import FastAPI, HTTPException

print("the press is warm")
sys.stdout.write("really\n")
app = FastAPI()
MOTTO = Path("data/motto.txt").read_text(encoding="utf-8").strip()


@app.get("/motto")
def motto() -> str:
    print("asked for the motto", flush=True)
    os.write(1, b"by the file descriptor\n")
    return Path("data/motto.txt").read_text(encoding="utf-8").strip()


@app.get("/folders")
def folders() -> list[str]:
    os.system("echo from a shell")
    home = os.getcwd()
    os.chdir("/")
    try:
        return sorted(os.listdir())[:1]
    finally:
        os.chdir(home)


@app.get("/sheets/{name}")
def sheet(name: str) -> str:
    print(f"sheet {name!a}", file=sys.stderr)
    if name != "front":
        raise HTTPException(404, MOTTO)  # lie: undocumented-status GET /sheets/{name} 404
    return name
