"""Bodies of requests, read whole, and only so many at once: slow senders leave pages answered.

The server lends a thread to each request, and reading from a sender who says nothing ends when that
sender leaves. A proxy in front that reads bodies first is what keeps such senders away; without one,
they can hold the half of the threads that may read, never those that answer what has no body.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any

Environ = dict[str, Any]
Answer = Iterable[bytes]
Application = Callable[[Environ, Callable[..., Any]], Answer]

MOST_BYTES = 2_621_440  # what Django keeps of a form in memory, and more than any notice is
PATIENCE = 1.0

TOO_LARGE = ("413 Content Too Large", "O que foi enviado é grande demais.")
TOO_MANY = (
    "503 Service Unavailable",
    "Muitos envios ao mesmo tempo. Tente de novo em instantes.",
)


class Bodies:
    """The application behind its reader; `readers` is how many threads may read at once."""

    def __init__(self, application: Application, *, readers: int) -> None:
        self._application = application
        self._places = BoundedSemaphore(readers)

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Answer:
        declared = environ.get("CONTENT_LENGTH") or ""
        if declared in {"", "0"} and "HTTP_TRANSFER_ENCODING" not in environ:
            return self._application(environ, start)
        if declared.isdigit() and int(declared) > MOST_BYTES:
            return _refuse(start, TOO_LARGE)
        if not self._places.acquire(timeout=PATIENCE):
            return _refuse(start, TOO_MANY)
        try:
            body = environ["wsgi.input"].read(MOST_BYTES + 1)
        finally:
            self._places.release()
        if len(body) > MOST_BYTES:
            return _refuse(start, TOO_LARGE)
        environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return self._application(environ, start)


def _refuse(start: Callable[..., Any], refusal: tuple[str, str]) -> Answer:
    status, words = refusal
    start(status, [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "5")])
    return [words.encode()]
