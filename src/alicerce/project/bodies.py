"""Bodies of requests: none too large, and only so many read at once, so that pages stay answered.

The server lends a thread to each request, and reading from a sender who says nothing ends when that
sender leaves. A proxy in front that reads bodies first is what keeps such senders away; without one,
they can hold the threads that may read, never those that answer what nobody has to read for.
"""

from collections.abc import Callable, Iterable, Mapping
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from typing import IO, Any

from django.core.exceptions import SuspiciousOperation

Environ = dict[str, Any]
Answer = Iterable[bytes]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Answer]
Refusal = tuple[str, str]

MOST_BYTES = 2_621_440  # what Django keeps of a form in memory, and more than any notice is
AT_ONCE = 65_536
PATIENCE = 1.0

TOO_LARGE = ("413 Content Too Large", "O que foi enviado é grande demais.")
TOO_MANY = (
    "503 Service Unavailable",
    "Muitos envios ao mesmo tempo. Tente de novo em instantes.",
)


class Unread(SuspiciousOperation):
    """The body was not read; `Bodies` has the answer."""


class Bodies:
    """The application behind its reader; `readers` is how many threads may read at once.

    `larger` are the pages that take files, by their whole path, and how much they take.
    """

    def __init__(
        self, application: Application, *, readers: int, larger: Mapping[str, int] | None = None
    ) -> None:
        self._application = application
        self._places = BoundedSemaphore(readers)
        self._larger = larger or {}

    def __call__(self, environ: Environ, start: Start) -> Answer:
        declared = environ.get("CONTENT_LENGTH") or ""
        most = self._larger.get(environ.get("PATH_INFO") or "", MOST_BYTES)
        if declared.isdigit() and int(declared) > most:
            return _refuse(start, TOO_LARGE)
        body = environ["wsgi.input"] = Body(environ["wsgi.input"], self._places, most=most)
        heads: list[Any] = []
        answer = self._application(environ, lambda *head: heads.append(head))
        if body.refusal:
            return _refuse(start, body.refusal)
        start(*heads[-1])
        return answer


class Body:
    """Read whole when somebody first asks for any of it: many a request is refused before.

    What is more than a form goes to the disk.
    """

    def __init__(self, stream: Any, places: BoundedSemaphore, *, most: int) -> None:
        self.refusal: Refusal | None = None
        self._stream, self._places, self._most = stream, places, most
        self._whole: IO[bytes] | None = None

    def read(self, size: int = -1) -> bytes:
        return self._read_whole().read(size)

    def readline(self, size: int = -1) -> bytes:
        return self._read_whole().readline(size)

    def _read_whole(self) -> IO[bytes]:
        if self._whole is None:
            self._whole = self._fetch()
        return self._whole

    def _fetch(self) -> IO[bytes]:
        if not self._places.acquire(timeout=PATIENCE):
            raise self._unread(TOO_MANY)
        try:
            body = self._copy()
        finally:
            self._places.release()
        if body.tell() > self._most:
            raise self._unread(TOO_LARGE)
        body.seek(0)
        return body

    def _copy(self) -> IO[bytes]:
        """As far as one byte too many."""
        body: IO[bytes] = SpooledTemporaryFile(MOST_BYTES)  # noqa: SIM115 - for the request
        left = self._most + 1
        while left and (part := self._stream.read(min(AT_ONCE, left))):
            body.write(part)
            left -= len(part)
        return body

    def _unread(self, refusal: Refusal) -> Unread:
        self.refusal = refusal
        return Unread(refusal[0])


def _refuse(start: Start, refusal: Refusal) -> Answer:
    status, words = refusal
    start(status, [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "5")])
    return [words.encode()]
