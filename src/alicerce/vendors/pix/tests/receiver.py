"""A door that takes callbacks and remembers them."""

import json
import queue
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from alicerce.vendors.simulation.serve import running

PATIENCE_SECONDS = 10


class Receiver:
    def __init__(self):
        self.url = ""
        self.refusals = 0
        self._calls = queue.Queue()

    @contextmanager
    def listening(self) -> Iterator["Receiver"]:
        route = Route("/{path:path}", self._take, methods=["POST"])
        with running(Starlette(routes=[route])) as url:
            self.url = f"{url}/hook"
            yield self

    def next(self):
        """The path and the body of the next call. Raises queue.Empty."""
        return self._calls.get(timeout=PATIENCE_SECONDS)

    def peek(self):
        """The next call, if it is here already. Raises queue.Empty."""
        return self._calls.get_nowait()

    @property
    def is_idle(self) -> bool:
        return self._calls.empty()

    async def _take(self, request: Request) -> Response:
        if self.refusals:
            self.refusals -= 1
            return Response(status_code=503)
        self._calls.put((request.url.path, json.loads(await request.body())))
        return Response()
