"""What an app says of itself when it asks for tokens."""

from base64 import b64decode
from binascii import Error as NotBase64
from typing import Any
from urllib.parse import unquote_plus


def credentials_of(*, request: Any) -> tuple[str, str]:
    """By the header or in the body, and not one thing here and another there."""
    said = request.client_id or "", request.client_secret or ""
    scheme, _space, packed = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return said
    name, secret = _unpacked(packed)
    return (name, secret) if said in {("", ""), (name, "")} else ("", "")


def _unpacked(packed: str) -> tuple[str, str]:
    try:
        name, _colon, secret = b64decode(packed.strip(), validate=True).decode().partition(":")
    except (NotBase64, UnicodeDecodeError):
        return "", ""
    return unquote_plus(name), unquote_plus(secret)
