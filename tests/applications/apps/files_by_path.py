"""An archive: paths within paths, HEAD and OPTIONS of its own, answers without bodies, and redirects."""

from typing import Annotated

from fastapi import FastAPI, HTTPException, Path, Response
from fastapi.responses import RedirectResponse

app = FastAPI()
BOXES = {"a/b.txt": "b"}


@app.get("/files/{path:path}", responses={404: {}})
def read_file(path: str) -> str:
    if path not in BOXES:
        raise HTTPException(404)
    return BOXES[path]


@app.put("/files/{path:path}", status_code=204)
def put_file(path: str, text: str = "") -> None:
    if "/" in path:
        raise HTTPException(414)  # lie: undocumented-status PUT /files/{path} 414


@app.get("/numbers/{number:int}")
def number(number: Annotated[int, Path(ge=0)]) -> int:
    return number


@app.head("/files/{path:path}", status_code=200)
def head_file(path: str) -> Response:
    return Response(headers={"X-There": str(path in BOXES)}, media_type="application/json")


@app.options("/files/{path:path}", status_code=204, response_class=Response)
def options_file(path: str) -> None:
    return None


@app.delete("/boxes/{name}", status_code=204)
def remove_box(name: str) -> Response:
    return Response(status_code=204)


@app.get("/old/{name}", status_code=307, response_class=RedirectResponse)
def old(name: str) -> str:
    return f"/files/{name}"


@app.get("/older/{name}")
def older(name: str) -> dict[str, str]:
    return RedirectResponse(f"/files/{name}")  # lie: undocumented-status GET /older/{name} 307


@app.post("/boxes", status_code=201)
def add_box(name: str) -> dict[str, str]:
    return Response(status_code=204)  # lie: undocumented-status POST /boxes 204


@app.get("/slash/")
def slash() -> str:
    return "there"
