"""How the SDK reaches Stripe: through our own way out, so that no call leaves a transaction."""

from collections.abc import Mapping
from typing import Any

import httpx
import stripe

from alicerce.kernel.http import OutsideWorld, Unavailable, Unknown

NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)


class Transport(stripe.HTTPClient):
    name = "alicerce"

    def __init__(self, *, timeout: float) -> None:
        super().__init__()
        self._http = OutsideWorld(timeout=timeout)

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        *,
        _usage: list[str] | None = None,
    ) -> tuple[str, int, Mapping[str, str]]:
        try:
            answer = self._http.request(method, url, headers=headers, content=post_data)
        except httpx.RequestError as error:
            kind = Unavailable if isinstance(error, NOT_SENT) else Unknown
            raise kind(f"Stripe: {type(error).__name__}") from error
        return answer.text, answer.status_code, answer.headers

    def close(self) -> None:
        self._http.close()
