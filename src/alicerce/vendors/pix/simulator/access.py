"""Who may call the PSP: an OAuth2 client, by a token that expires."""

import base64
import binascii
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from starlette.requests import Request

from alicerce.vendors.pix.simulator.problems import Problem, unauthorized
from alicerce.vendors.pix.simulator.records import Json

GRANT = ("grant_type", "client_credentials")
TOKEN_BYTES = 32


class Gate:
    """Gives tokens to the one client it knows."""

    def __init__(
        self,
        *,
        client_id: str,
        client_secret: str,
        token_seconds: int,
        clock: Callable[[], datetime],
    ) -> None:
        self._credentials = f"{client_id}:{client_secret}".encode()
        self._seconds = token_seconds
        self._clock = clock
        self._good_until: dict[str, datetime] = {}

    def revoke_all(self) -> None:
        """Every token stops working before its time."""
        self._good_until.clear()

    def issue(self, request: Request, body: bytes) -> Json:
        if not hmac.compare_digest(_basic(request), self._credentials):
            raise unauthorized()
        if GRANT not in parse_qsl(body.decode(errors="replace")):
            raise Problem("RequisicaoInvalida", 400, "grant_type não suportado.")
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self._good_until[token] = self._clock() + timedelta(seconds=self._seconds)
        return {"access_token": token, "token_type": "Bearer", "expires_in": self._seconds}

    def check(self, request: Request) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        until = self._good_until.get(token) if scheme.lower() == "bearer" else None
        if until is None or until <= self._clock():
            raise unauthorized()


def _basic(request: Request) -> bytes:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    try:
        return base64.b64decode(encoded, validate=True) if scheme.lower() == "basic" else b""
    except (binascii.Error, ValueError):
        return b""
