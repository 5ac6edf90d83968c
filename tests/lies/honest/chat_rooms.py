"""Chat rooms, with a few doors that the document does not show."""

from fastapi import FastAPI, HTTPException, WebSocket, WebSocketDisconnect
from pydantic import BaseModel
from starlette.responses import PlainTextResponse

app = FastAPI(title="Chat")
messages: list[str] = []


class Room(BaseModel):
    name: str
    messages: int


@app.get("/rooms/{name}")
async def room(name: str) -> Room:
    return Room(name=name, messages=len(messages))


@app.websocket("/rooms/{name}/live")
async def live(socket: WebSocket, name: str) -> None:
    await socket.accept()
    try:
        while True:
            messages.append(await socket.receive_text())
            await socket.send_json({"room": name, "messages": len(messages)})
    except WebSocketDisconnect:
        return


@app.get("/internal/crash", include_in_schema=False)
async def crash() -> int:
    return 1 // 0


@app.get("/internal/teapot", include_in_schema=False)
async def teapot(strong: bool = False) -> Room:
    if strong:
        raise HTTPException(418)
    return PlainTextResponse("tea")


async def plain(request) -> PlainTextResponse:
    return PlainTextResponse("not an operation", status_code=203)


app.add_route("/plain", plain)
