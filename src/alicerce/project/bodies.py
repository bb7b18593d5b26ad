"""Bodies of requests: none too large, and only so many read at once, so that pages stay answered.

The server lends a thread to each request, and reading from a sender who says nothing ends when that
sender leaves. A proxy in front that reads bodies first is what keeps such senders away; without one,
they can hold the threads that may read, never those that answer what nobody has to read for.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any

from django.core.exceptions import SuspiciousOperation

Environ = dict[str, Any]
Answer = Iterable[bytes]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Answer]
Refusal = tuple[str, str]

MOST_BYTES = 2_621_440  # what Django keeps of a form in memory, and more than any notice is
PATIENCE = 1.0

TOO_LARGE = ("413 Content Too Large", "O que foi enviado é grande demais.")
TOO_MANY = (
    "503 Service Unavailable",
    "Muitos envios ao mesmo tempo. Tente de novo em instantes.",
)


class Unread(SuspiciousOperation):
    """The body was not read; `Bodies` has the answer."""


class Bodies:
    """The application behind its reader; `readers` is how many threads may read at once."""

    def __init__(self, application: Application, *, readers: int) -> None:
        self._application = application
        self._places = BoundedSemaphore(readers)

    def __call__(self, environ: Environ, start: Start) -> Answer:
        declared = environ.get("CONTENT_LENGTH") or ""
        if declared.isdigit() and int(declared) > MOST_BYTES:
            return _refuse(start, TOO_LARGE)
        body = environ["wsgi.input"] = Body(environ["wsgi.input"], self._places)
        heads: list[Any] = []
        answer = self._application(environ, lambda *head: heads.append(head))
        if body.refusal:
            return _refuse(start, body.refusal)
        start(*heads[-1])
        return answer


class Body:
    """Read whole when somebody first asks for any of it: many a request is refused before."""

    def __init__(self, stream: Any, places: BoundedSemaphore) -> None:
        self.refusal: Refusal | None = None
        self._stream, self._places = stream, places
        self._whole: BytesIO | None = None

    def read(self, size: int = -1) -> bytes:
        return self._read_whole().read(size)

    def readline(self, size: int = -1) -> bytes:
        return self._read_whole().readline(size)

    def _read_whole(self) -> BytesIO:
        if self._whole is None:
            self._whole = BytesIO(self._fetch())
        return self._whole

    def _fetch(self) -> bytes:
        if not self._places.acquire(timeout=PATIENCE):
            raise self._unread(TOO_MANY)
        try:
            body: bytes = self._stream.read(MOST_BYTES + 1)
        finally:
            self._places.release()
        if len(body) > MOST_BYTES:
            raise self._unread(TOO_LARGE)
        return body

    def _unread(self, refusal: Refusal) -> Unread:
        self.refusal = refusal
        return Unread(refusal[0])


def _refuse(start: Start, refusal: Refusal) -> Answer:
    status, words = refusal
    start(status, [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "5")])
    return [words.encode()]
