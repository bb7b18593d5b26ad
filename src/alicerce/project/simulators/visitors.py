"""Who may press the buttons: a page of ours or a program, never another site in the same browser."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FORBIDDEN = 403
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'"


class OwnPagesOnly:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin and origin != f"http://{headers.get('host')}":
            await PlainTextResponse("Not from here.", FORBIDDEN)(scope, receive, send)
            return

        async def send_strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Content-Security-Policy"] = POLICY
            await send(message)

        await self._app(scope, receive, send_strictly)
