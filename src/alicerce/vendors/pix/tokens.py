"""The OAuth2 token of a PSP, kept until shortly before it expires."""

import threading
import time
from typing import Any

import httpx

from alicerce.kernel.http import OutsideWorld, Refusal, Unavailable
from alicerce.vendors.pix.settings import (
    CREDENTIALS_IN_BODY,
    JSON_GRANT,
    NAME_SCOPES,
    PixSettings,
)

MARGIN_SECONDS = 30
SCOPES = "cob.read cob.write cobv.read cobv.write pix.read webhook.read webhook.write"


class TokenKeeper:
    """Hands out a token to any number of threads, asking for a new one only when it must."""

    def __init__(self, *, settings: PixSettings, http: OutsideWorld) -> None:
        self._settings = settings
        self._http = http
        self._lock = threading.Lock()
        self._token = ""
        self._good_until = 0.0

    def token(self, *, refused: str | None = None) -> str:
        """A token other than the one just refused. Raises Refusal or Unavailable, never Unknown."""
        with self._lock:
            if self._token == refused or time.monotonic() >= self._good_until:
                self._token, self._good_until = self._ask()
            return self._token

    def _ask(self) -> tuple[str, float]:
        asked = time.monotonic()
        answer = self._post()
        if answer.is_client_error and answer.status_code not in {408, 429}:
            raise Refusal(f"PSP token: HTTP {answer.status_code}")
        try:
            said = answer.raise_for_status().json()
            return str(said["access_token"]), asked + int(said["expires_in"]) - MARGIN_SECONDS
        except (httpx.HTTPStatusError, ValueError, KeyError, TypeError) as trouble:
            raise Unavailable(f"PSP token: HTTP {answer.status_code}") from trouble

    def _post(self) -> httpx.Response:
        form = self._form()
        body: dict[str, Any] = (
            {"json": form} if JSON_GRANT in self._settings.quirks else {"data": form}
        )
        try:
            return self._http.post(self._settings.token_url, auth=self._basic(), **body)
        except httpx.RequestError as trouble:
            # Whatever became of the token, the call it was for has not been made.
            raise Unavailable(f"PSP token: {type(trouble).__name__}") from trouble

    def _form(self) -> dict[str, str]:
        form = {"grant_type": "client_credentials"}
        if NAME_SCOPES in self._settings.quirks:
            form["scope"] = SCOPES
        if CREDENTIALS_IN_BODY in self._settings.quirks:
            form["client_id"] = self._settings.client_id
            form["client_secret"] = self._settings.client_secret
        return form

    def _basic(self) -> httpx.Auth:
        if CREDENTIALS_IN_BODY in self._settings.quirks:
            return httpx.Auth()
        return httpx.BasicAuth(self._settings.client_id, self._settings.client_secret)
