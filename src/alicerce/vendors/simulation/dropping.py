"""Lets an app do what no app should: cut the connection, or say nothing until the client is gone."""

import asyncio
from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

CUT = "alicerce.cut"
LONGEST = 900
GONE = 499


class DroppingProtocol(H11Protocol):
    """Hands the app the connection's own scissors."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app = _with_scissors(self.app, transport)


async def drop(request: Request) -> Response:
    """Cut the connection: the client never learns what happened."""
    request.scope[CUT]()
    return await hang(request)


async def hang(request: Request, *, seconds: float = LONGEST) -> Response:
    """Say nothing until the client goes away, or for so long; then cut the connection."""
    with suppress(TimeoutError):
        await asyncio.wait_for(_until_gone(request), seconds)
    request.scope[CUT]()
    await _until_gone(request)
    return Response(status_code=GONE)


async def _until_gone(request: Request) -> None:
    await request.body()
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _with_scissors(app: Any, transport: asyncio.Transport) -> ASGIApp:
    async def with_scissors(scope: Scope, receive: Receive, send: Send) -> None:
        scope[CUT] = transport.abort
        await app(scope, receive, send)

    return with_scissors
