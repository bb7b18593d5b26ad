"""Standard Webhooks 1.0: https://github.com/standard-webhooks/standard-webhooks, symmetric keys."""

import base64
import hmac
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from secrets import token_bytes

PREFIX = "whsec_"
KEY_BYTES = 32


def new_secret() -> str:
    return PREFIX + base64.b64encode(token_bytes(KEY_BYTES)).decode()


def signature(secret: str, *, message_id: str, timestamp: int, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, sha256)).decode()


def headers(
    secrets: Sequence[str], *, message_id: str, at: datetime, body: bytes
) -> dict[str, str]:
    """Signed with every secret that is valid: while one replaces another, either verifies."""
    timestamp = int(at.timestamp())
    signatures = [
        signature(secret, message_id=message_id, timestamp=timestamp, body=body)
        for secret in secrets
    ]
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Alicerce-Webhooks/1.0",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def without_signature(headers: dict[str, str]) -> dict[str, str]:
    """What may be written down: a signature is as good as the body it signs."""
    return {name: value for name, value in headers.items() if name != "webhook-signature"}
