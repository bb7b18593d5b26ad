"""Carries callbacks to their receiver from a thread of its own, as badly as it is told to."""

import heapq
import itertools
import logging
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

import httpx

DROP = "drop"
DUPLICATE = "duplicate"
HOLD_SECONDS = {"reorder": 0.3, "delay": 3.0}
CALLBACK_FAULTS = frozenset({DROP, DUPLICATE, *HOLD_SECONDS})
RETRY_SECONDS = (0.5, 2, 5, 15, 60)
TIMEOUT_SECONDS = 10

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """A callback. Its headers are made for each attempt: a signature carries the time."""

    url: str
    body: bytes
    headers: Callable[[], Mapping[str, str]]
    attempts: int = 0


class Courier:
    """Delivers at least once and in no order, and gives up after a while, as real providers do."""

    def __init__(
        self, *, pick: Callable[[], str | None], tls: ssl.SSLContext | None = None
    ) -> None:
        self._pick = pick
        self._http = httpx.Client(verify=tls or True, trust_env=False, timeout=TIMEOUT_SECONDS)
        self._waiting: list[tuple[float, int, Letter]] = []
        self._turn = itertools.count()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._silent = False

    def send(self, letter: Letter, *, after: float = 0) -> None:
        fault = DROP if self._silent else self._pick()
        if fault == DROP:
            return
        self._queue(letter, after=after + HOLD_SECONDS.get(fault or "", 0))
        if fault == DUPLICATE:
            self._queue(letter, after=after)

    @contextmanager
    def silence(self) -> Iterator[None]:
        """What is sent meanwhile is lost on the way."""
        self._silent = True
        try:
            yield
        finally:
            self._silent = False

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread:
            self._thread.join()
        self._http.close()

    def _queue(self, letter: Letter, *, after: float) -> None:
        with self._changed:
            heapq.heappush(self._waiting, (time.monotonic() + after, next(self._turn), letter))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
                self._thread.start()
            self._changed.notify()

    def _run(self) -> None:
        while letter := self._next():
            if not self._deliver(letter) and letter.attempts < len(RETRY_SECONDS):
                again = replace(letter, attempts=letter.attempts + 1)
                self._queue(again, after=RETRY_SECONDS[letter.attempts])

    def _next(self) -> Letter | None:
        """The next letter that is due, or None once there is nothing more to do."""
        with self._changed:
            while not self._closed:
                wait = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(wait)
        return None

    def _deliver(self, letter: Letter) -> bool:
        try:
            url, headers = _on_this_machine(letter.url)
            answer = self._http.post(
                url, content=letter.body, headers={**letter.headers(), **headers}
            )
        except (httpx.RequestError, httpx.InvalidURL) as trouble:
            log.info("callback not delivered: %s", type(trouble).__name__)
            return False
        return answer.is_success


def _on_this_machine(url: str) -> tuple[httpx.URL, dict[str, str]]:
    """Where to knock, and at whose door: names below `localhost` are ours, as they are in browsers.

    Few resolvers of operating systems know that.
    """
    there = httpx.URL(url)
    if not there.host.endswith(".localhost"):
        return there, {}
    return there.copy_with(host="127.0.0.1"), {"Host": there.netloc.decode()}
