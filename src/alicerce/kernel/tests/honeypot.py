"""A service of our own network that nobody outside may reach, and strangers of every temper."""

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Temper = Callable[[socket.socket, "Stranger"], None]


@dataclass
class Stranger:
    """Listens on loopback, counts who comes, and answers as told."""

    temper: Temper
    tls: ssl.SSLContext | None = None
    heard: list[bytes] = field(default_factory=list)
    hits: int = 0
    port: int = 0

    def url(self, host: str = "127.0.0.1", path: str = "/") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"


@contextmanager
def listening(temper: Temper, *, tls: ssl.SSLContext | None = None) -> Iterator[Stranger]:
    stranger = Stranger(temper, tls)
    with socket.create_server(("127.0.0.1", 0)) as door:
        stranger.port = door.getsockname()[1]
        threading.Thread(target=_welcome, args=(door, stranger), daemon=True).start()
        yield stranger
        door.shutdown(socket.SHUT_RDWR)


def _welcome(door: socket.socket, stranger: Stranger) -> None:
    while True:
        try:
            guest, _ = door.accept()
        except OSError:
            return
        stranger.hits += 1
        threading.Thread(target=_serve, args=(guest, stranger), daemon=True).start()


def _serve(guest: socket.socket, stranger: Stranger) -> None:
    try:
        with (
            guest,
            (
                stranger.tls.wrap_socket(guest, server_side=True) if stranger.tls else guest
            ) as line,
        ):
            stranger.heard.append(_hear(line))
            stranger.temper(line, stranger)
    except OSError:
        return


def _hear(line: socket.socket) -> bytes:
    """The whole request: its head, and as much body as that announces."""
    heard = b""
    while b"\r\n\r\n" not in heard or len(heard) < _announced(heard):
        if not (more := line.recv(65_536)):
            break
        heard += more
    return heard


def _announced(heard: bytes) -> int:
    head, _, _ = heard.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return len(head) + 4 + int(length[1] if length else 0)


def answers(raw: bytes) -> Temper:
    return lambda line, _: line.sendall(raw)


def kind(body: bytes = b"ok", status: str = "200 OK", *headers: str) -> Temper:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return answers("\r\n".join([*lines, "", ""]).encode() + body)


def redirects_to(address: Callable[[Stranger], str]) -> Temper:
    def temper(line: socket.socket, stranger: Stranger) -> None:
        kind(b"", "302 Found", f"Location: {address(stranger)}")(line, stranger)

    return temper


def drips(head: bytes, drop: bytes) -> Temper:
    """A little at a time, for ever: every single read is in time."""

    def temper(line: socket.socket, _: Stranger) -> None:
        line.sendall(head)
        while True:
            line.sendall(drop)
            time.sleep(0.01)

    return temper


def pours(line: socket.socket, _: Stranger) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        line.sendall(b"x" * 65_536)
