"""The way out: no call leaves while a transaction of ours is open, and it ends in one of three ways."""

from typing import Any

import httpx

from alicerce.kernel.db import in_transaction


class Refusal(Exception):
    """The other side answered no. Asking again changes nothing."""


class Unavailable(Exception):
    """The other side certainly did nothing. Try again later."""


class Unknown(Exception):
    """The other side may have done it. Ask before repeating."""


def assert_outside(what: str) -> None:
    """Refuse to leave while a transaction is open: it would hold locks for as long as a stranger likes."""
    if in_transaction():
        raise AssertionError(f"{what} inside a transaction")


class OutsideWorld(httpx.Client):
    """An HTTP client that never calls out from within a transaction and follows no environment proxy."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"trust_env": False, **options})

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        assert_outside(f"{request.method} {request.url.host}")
        return super().send(request, **options)
