"""A notary: plain texts and pages behind documents that say JSON."""

from fastapi import FastAPI, Response
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse

app = FastAPI()


@app.get("/deeds")
def deeds():
    return ["house"]


@app.get("/deeds/text")
def deed_text():
    return PlainTextResponse("the house")  # lie: undocumented-media-type GET /deeds/text 200


@app.get("/deeds/page")
def deed_page() -> HTMLResponse:
    return HTMLResponse("<p>the house")  # lie: undocumented-media-type GET /deeds/page 200


@app.get("/deeds/page/real", response_class=HTMLResponse)
def deed_page_real():
    return "<p>the house"


@app.get("/deeds/seal")
def deed_seal():
    return Response(b"\x89PNG", media_type="image/png")  # lie: undocumented-media-type GET /deeds/seal 200


@app.get("/deeds/file")
def deed_file():
    return FileResponse(__file__, media_type="text/x-python")  # lie: undocumented-media-type GET /deeds/file 200
