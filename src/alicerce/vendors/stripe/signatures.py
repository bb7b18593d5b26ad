"""Whether Stripe really said it: the Stripe-Signature header over the raw body."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

SCHEME = "v1"
TOLERANCE_SECONDS = 300
MAX_TIMESTAMP_DIGITS = 12


class BadSignature(ValueError):
    """Not signed with a secret of ours, or signed too long ago, or no event at all."""


def verify(
    raw: bytes,
    header: str,
    secrets: Sequence[str],
    at: datetime,
    tolerance_seconds: int = TOLERANCE_SECONDS,
) -> dict[str, Any]:
    """The event, signed by any one of the secrets (two are good while one replaces the other).

    Without a secret nothing is genuine: an empty key would sign for anyone. Raises BadSignature.
    """
    timestamp, signatures = _read_header(header)
    if abs(at.timestamp() - int(timestamp)) > tolerance_seconds:
        raise BadSignature("timestamp")
    if not _is_genuine(raw, timestamp, signatures, [s for s in secrets if s.strip()]):
        raise BadSignature("signature")
    return _event(raw)


def sign(raw: bytes, secrets: Sequence[str], at: datetime) -> str:
    """The header Stripe would send."""
    timestamp = str(int(at.timestamp()))
    marks = [f"{SCHEME}={_digest(raw, timestamp, secret)}" for secret in secrets]
    return ",".join([f"t={timestamp}", *marks])


def _read_header(header: str) -> tuple[str, list[str]]:
    pairs = [part.strip().partition("=")[::2] for part in header.split(",")]
    times = [value for name, value in pairs if name == "t"]
    if len(times) != 1 or not times[0].isascii() or not times[0].isdecimal():
        raise BadSignature("header")
    if len(times[0]) > MAX_TIMESTAMP_DIGITS:
        raise BadSignature("timestamp")
    return times[0], [value for name, value in pairs if name == SCHEME]


def _is_genuine(raw: bytes, timestamp: str, signatures: list[str], secrets: list[str]) -> bool:
    """Compares every pair: how long it takes must not tell which one came close."""
    verdicts = [
        hmac.compare_digest(_digest(raw, timestamp, secret).encode(), signature.encode())
        for secret in secrets
        for signature in signatures
    ]
    return any(verdicts)


def _digest(raw: bytes, timestamp: str, secret: str) -> str:
    message = timestamp.encode() + b"." + raw
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def _event(raw: bytes) -> dict[str, Any]:
    try:
        event = json.loads(raw)
    except (ValueError, RecursionError) as trouble:
        raise BadSignature("not JSON") from trouble
    if not isinstance(event, dict):
        raise BadSignature("not an event")
    return event
