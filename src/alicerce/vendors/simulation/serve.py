"""Runs simulators: several servers in one event loop, or one in a thread for a test."""

import asyncio
import signal
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Protocol

import uvicorn
from starlette.types import ASGIApp

from alicerce.vendors.simulation.certificates import Certificates
from alicerce.vendors.simulation.dropping import DroppingProtocol

HOST = "127.0.0.1"
BACKLOG = 512
PATIENCE = 20
LETTING_GO = 0.5
DATES_EVERY = 1.0
TURNS_TO_CLOSE = 8  # of the loop: an aborted TLS transport takes three


class Listener(Protocol):
    """Something that listens on a port, and may be stopped and started again."""

    port: int

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class Site:
    """An ASGI app on a port. Port 0 takes a free one and keeps it."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        port: int = 0,
        certificates: Certificates | None = None,
        mutual: bool = False,
    ) -> None:
        self.port = port
        self._app = app
        self._certificates = certificates
        self._mutual = mutual
        self._server: Quiet | None = None
        self._running: asyncio.Task[None] | None = None

    @property
    def base_url(self) -> str:
        return f"{'https' if self._certificates else 'http'}://{HOST}:{self.port}"

    @property
    def is_up(self) -> bool:
        return self._server is not None

    async def start(self) -> None:
        """Returns once connections are accepted. Raises OSError when the port is taken."""
        if self._server:
            return
        listening = listen(self.port)
        self.port = listening.getsockname()[1]
        server = self._server = Quiet(self._config())
        self._running = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:
            if self._running.done():
                self._running.result()
            await asyncio.sleep(0.001)

    async def stop(self) -> None:
        """At once: open connections are cut, whoever hangs is let go."""
        if self._server and self._running:
            server, running = self._server, self._running
            self._server = self._running = None
            await server.cut()
            await running

    def _config(self) -> uvicorn.Config:
        return uvicorn.Config(
            self._app,
            http=DroppingProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            backlog=BACKLOG,
            timeout_keep_alive=60,
            **_tls(self._certificates, mutual=self._mutual),
        )


class Quiet(uvicorn.Server):
    """Leaves the signals to whoever runs it, and lets go of everybody when it stops."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        """Uvicorn looks ten times a second whether to stop; this one is told."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), DATES_EVERY)

    async def cut(self) -> None:
        """Close every connection: an app that waits for its client sees it go, and ends."""
        self.should_exit = self.force_exit = True
        self._told.set()
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        if tasks := list(self.server_state.tasks):
            _, late = await asyncio.wait(tasks, timeout=LETTING_GO)
            for task in late:
                task.cancel()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Whoever was connected is cut, so nobody is waited for but the transports that close."""
        for listening in sockets or []:
            listening.close()
        for server in self.servers:
            await server.wait_closed()
        for _ in range(TURNS_TO_CLOSE):
            await asyncio.sleep(0)


def serve(
    listeners: Sequence[Listener], *, on_ready: Callable[[], Awaitable[None]] | None = None
) -> None:
    """Run them all until SIGTERM or SIGINT."""
    asyncio.run(_serve(listeners, on_ready))


async def _serve(
    listeners: Sequence[Listener], on_ready: Callable[[], Awaitable[None]] | None
) -> None:
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    try:
        for listener in listeners:
            await listener.start()
        if on_ready:
            await on_ready()
        await told.wait()
    finally:
        await asyncio.gather(*(listener.stop() for listener in listeners))


@contextmanager
def running(
    app: ASGIApp, certificates: Certificates | None = None, *, mutual: bool = False
) -> Iterator[str]:
    """The base URL of the app, on a free port, while the block lasts."""
    site = Site(app, certificates=certificates, mutual=mutual)
    with in_background(site):
        yield site.base_url


@contextmanager
def in_background(*listeners: Listener) -> Iterator[None]:
    """Run listeners in a thread while the block lasts; nothing of them is left after it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="simulators")
    thread.start()
    try:
        for listener in listeners:
            _wait(loop, listener.start())
        yield
    finally:
        for listener in listeners:
            _wait(loop, listener.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


def listen(port: int) -> socket.socket:
    """A socket on the loopback that only we can have opened."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError:
        listening.close()
        raise
    listening.listen(BACKLOG)
    return listening


def _wait(loop: asyncio.AbstractEventLoop, step: Awaitable[None]) -> None:
    async def take() -> None:
        await step

    asyncio.run_coroutine_threadsafe(take(), loop).result(PATIENCE)


def _tls(certificates: Certificates | None, *, mutual: bool) -> dict[str, Any]:
    if certificates is None:
        return {}
    asked = {
        "ssl_ca_certs": str(certificates.client_ca),
        "ssl_cert_reqs": int(ssl.CERT_REQUIRED),
    }
    return {
        "ssl_certfile": str(certificates.server_cert),
        "ssl_keyfile": str(certificates.server_key),
        **(asked if mutual else {}),
    }
