"""Posts from several senders at once, for a bounded time."""

import http.client
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from bench.figures import percentile
from bench.processes import HOST

OK = 200
TIMEOUT = 30

Attempt = Callable[[], str | None]
"""One delivery; its id when it was accepted."""


@dataclass
class Storm:
    """What came of it: how long each acknowledgement took, and whose they are."""

    seconds: float = 0.0
    acks: list[float] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    errors: int = 0

    @property
    def rate(self) -> float:
        return len(self.acks) / self.seconds if self.seconds else 0.0

    def ack(self, share: float) -> float:
        return percentile(self.acks, share)


def storm(
    make_sender: Callable[[], Attempt],
    *,
    senders: int,
    seconds: float,
    on_ack: Callable[[Storm], None] = lambda _: None,
) -> Storm:
    """Every sender delivers one after the other until the time is over or its peer is gone."""
    found, over = Storm(), time.monotonic() + seconds
    lock = threading.Lock()

    def send() -> None:
        attempt = make_sender()
        while time.monotonic() < over:
            began = time.perf_counter()
            try:
                name = attempt()
            except (OSError, http.client.HTTPException):
                return
            took = time.perf_counter() - began
            with lock:
                _note(found, name, took)
                if name:
                    on_ack(found)

    began = time.monotonic()
    with ThreadPoolExecutor(senders) as pool:
        for sending in [pool.submit(send) for _ in range(senders)]:
            sending.result()
    found.seconds = time.monotonic() - began
    return found


def _note(found: Storm, name: str | None, took: float) -> None:
    if name is None:
        found.errors += 1
        return
    found.acks.append(took)
    found.accepted.append(name)


def http_sender(port: int, path: str, make: Callable[[], tuple[str, bytes, str]]) -> Attempt:
    """Posts over one connection that stays open, as providers do."""
    line = http.client.HTTPConnection(HOST, port, timeout=TIMEOUT)

    def attempt() -> str | None:
        name, raw, signature = make()
        headers = {"Content-Type": "application/json", "Stripe-Signature": signature}
        try:
            line.request("POST", path, raw, headers)
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            with suppress(OSError):
                line.close()
            raise
        return name if answer.status == OK else None

    return attempt
