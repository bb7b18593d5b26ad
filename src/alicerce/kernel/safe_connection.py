"""A connection that was vetted: to public addresses only, and for no longer than the whole may last."""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpcore

from alicerce.kernel.http import Refusal
from alicerce.kernel.public_addresses import Address, is_public, parse
from alicerce.kernel.user_urls import PORTS

CHUNK = 16_384

Resolver = Callable[[str, int], list[str]]


class Forbidden(Refusal):
    """The address leads where users have no business. The message says nothing about what is there."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Which doors, how far, how long and how much. Loopback ports are for development and tests alone."""

    ports: frozenset[int] = PORTS
    loopback_ports: frozenset[int] = frozenset()
    seconds: float = 15
    most_bytes: int = 1_000_000
    resolve: Resolver | None = None
    trust: ssl.SSLContext | None = None


def check_port(port: int, policy: Policy) -> None:
    if port not in policy.ports | policy.loopback_ports:
        allowed = " and ".join(str(port) for port in sorted(policy.ports))
        raise Forbidden(f"only ports {allowed}")


def allows(address: Address, port: int, policy: Policy) -> bool:
    if address.is_loopback and port in policy.loopback_ports:
        return True
    return port in policy.ports and is_public(address)


class Deadline:
    """One measure of time for everything a call does, however many small steps it takes."""

    def __init__(self, seconds: float) -> None:
        self.began = time.monotonic()
        self.ends = self.began + seconds

    def left(self) -> float:
        left = self.ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("out of time")
        return left

    def milliseconds(self) -> int:
        return round((time.monotonic() - self.began) * 1000)


class Guarded(httpcore.NetworkBackend):
    """Connects to nothing that was not vetted, and checks whom it reached."""

    def __init__(self, policy: Policy, deadline: Deadline) -> None:
        self._policy, self._deadline = policy, deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(self, host: str, port: int, *_: Any, **options: Any) -> "Timed":
        address = self._vetted(host, port)
        socket_options = options.get("socket_options")
        stream = self._plain.connect_tcp(
            str(address), port, timeout=self._deadline.left(), socket_options=socket_options
        )
        peer = parse(str(stream.get_extra_info("server_addr")[0]))
        if peer != address:
            stream.close()
            raise Forbidden("somebody else answered")
        return Timed(stream, self._deadline)

    def _vetted(self, host: str, port: int) -> Address:
        """Any address that leads inside condemns the name: the next answer may put it first."""
        check_port(port, self._policy)
        found = [parse(text) for text in self._resolved(host, port)]
        if not found:
            raise httpcore.ConnectError("the name has no address")
        if not all(allows(address, port, self._policy) for address in found):
            raise Forbidden("the address is not on the public Internet")
        return found[0]

    def _resolved(self, host: str, port: int) -> list[str]:
        resolve = self._policy.resolve or ask_system
        return in_time(lambda: resolve(host, port), self._deadline.left())


class Timed(httpcore.NetworkStream):
    """A stream whose every step has only what is left of the whole."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), CHUNK):
            self._stream.write(buffer[start : start + CHUNK], self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> "Timed":
        left = self._deadline.left()
        return Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def ask_system(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as trouble:
        raise httpcore.ConnectError("the name was not found") from trouble
    return [str(entry[4][0]) for entry in found]


def in_time(ask: Callable[[], list[str]], seconds: float) -> list[str]:
    """The system's resolver cannot be interrupted: it is left behind in a thread of its own."""
    answers: list[list[str] | Exception] = []

    def run() -> None:
        try:
            answers.append(ask())
        except Exception as trouble:  # noqa: BLE001 - raised again by whoever waits
            answers.append(trouble)

    asking = threading.Thread(target=run, daemon=True)
    asking.start()
    asking.join(seconds)
    answer = answers[0] if answers else httpcore.ConnectTimeout("the resolver is silent")
    if isinstance(answer, Exception):
        raise answer
    return answer
