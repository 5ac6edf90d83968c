"""A chat with sockets beside its pages."""

from fastapi import APIRouter, FastAPI, HTTPException, WebSocket

app = FastAPI()
router = APIRouter(prefix="/rooms")


@router.websocket("/{room}/socket")
async def socket(websocket: WebSocket, room: str) -> None:
    await websocket.accept()
    await websocket.send_text(room)
    await websocket.close()


@app.websocket("/echo")
async def echo(websocket: WebSocket) -> None:
    await websocket.accept()


@router.get("/{room}")
def read_room(room: str) -> str:
    if room == "0":
        raise HTTPException(403)  # lie: undocumented-status GET /rooms/{room} 403
    return room


@app.get("/rooms")
def rooms() -> list[str]:
    return ["hall"]


app.include_router(router)
