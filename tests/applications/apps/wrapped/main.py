"""A harbour whose app is wrapped in middleware from outside, by what a server would load."""

from harbour.web import create


class Prefixed:
    """Answers health checks by itself, and hands everything else on."""

    def __init__(self, app) -> None:
        self.app = app

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] == "http" and scope["path"] == "/healthz":
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        await self.app(scope, receive, send)


app = Prefixed(create())
