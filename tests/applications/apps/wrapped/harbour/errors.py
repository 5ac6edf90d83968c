from fastapi import Request
from fastapi.responses import JSONResponse


class HarbourError(Exception):
    status = 400


class NotMoored(HarbourError):
    status = 404


async def not_moored(request: Request, error: HarbourError) -> JSONResponse:
    return JSONResponse({"detail": type(error).__name__}, error.status)
