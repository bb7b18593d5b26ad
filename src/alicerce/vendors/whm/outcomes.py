"""Whether a call was done, refused, or nobody knows."""

import html
import re
from typing import Any

import httpx

from alicerce.kernel.http import Refusal, Unavailable, Unknown
from alicerce.vendors.whm.wire import Answer

NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)
DENIED = (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN)
TAG = re.compile(r"<[^>]*>")
MAX_REASON = 500


class BadCredentials(Refusal):
    """The token is wrong, expired, without the privilege, or not welcome from this address."""


class BadCertificate(Refusal):
    """The certificate to pin cannot be read."""


class ZoneChanged(Refusal):
    """The zone has another serial by now: read it again and plan again."""


def trouble_of(error: httpx.RequestError) -> Unavailable | Unknown:
    kind = Unavailable if isinstance(error, NOT_SENT) else Unknown
    return kind(f"WHM: {type(error).__name__}")


def read_answer(response: httpx.Response) -> Answer:
    """The answer of a call that was done. Raises Refusal, Unavailable or Unknown."""
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise Unavailable("WHM: too many requests")
    if response.status_code in DENIED:
        raise BadCredentials(_denial(_json(response)))
    if response.is_client_error and response.status_code != httpx.codes.REQUEST_TIMEOUT:
        raise Refusal(f"WHM: HTTP {response.status_code}")
    if not response.is_success:
        raise Unknown(f"WHM: HTTP {response.status_code}")
    return _done(_json(response))


def plain(reason: object) -> str:
    """A reason as a person can read it: WHM writes HTML."""
    text = html.unescape(TAG.sub(" ", str(reason)))
    return " ".join(text.split())[:MAX_REASON]


def _done(said: dict[str, Any]) -> Answer:
    metadata = said.get("metadata")
    if not isinstance(metadata, dict):
        if "cpanelresult" in said:
            raise BadCredentials(_denial(said))
        raise Unknown("WHM: an answer without metadata")
    result = str(metadata.get("result"))
    if result == "0":
        raise Refusal(plain(metadata.get("reason") or "WHM: refused without a reason"))
    if result != "1":
        raise Unknown("WHM: an answer without a result")
    data = said.get("data")
    return Answer(metadata=metadata, data=data if isinstance(data, dict) else {})  # type: ignore[typeddict-item]


def _json(response: httpx.Response) -> dict[str, Any]:
    """Nothing when a refusal is no JSON; an unknown outcome when a success is none."""
    try:
        said = response.json()
    except ValueError:
        said = None
    if isinstance(said, dict):
        return said
    if response.is_success:
        raise Unknown("WHM: not JSON")
    return {}


def _denial(said: dict[str, Any]) -> str:
    legacy = said.get("cpanelresult")
    reason = legacy.get("error") if isinstance(legacy, dict) else None
    return plain(reason or "Access denied")
