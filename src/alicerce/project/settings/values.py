"""How a value of the environment is read, and what is said when it cannot be."""

import base64
import binascii
import math
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit


class Complaint(Exception):
    """What is wrong with a value, said without the value."""


def text(value: str) -> str:
    return value


def one_of(*choices: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in choices:
            raise Complaint(f"must be one of {', '.join(choices)}")
        return value

    return parse


def whole(*, least: int, most: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not (value.isdecimal() and least <= int(value) <= most):
            raise Complaint(f"must be a whole number from {least} to {most}")
        return int(value)

    return parse


def pace_factor(value: str) -> float:
    try:
        pace = float(value)
    except ValueError:
        pace = math.nan
    if not 0 < pace <= 100:  # noqa: PLR2004 (a pace of a hundred is already a mistake)
        raise Complaint("must be a number above 0 and up to 100")
    return pace


def url(*schemes: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if not value:
            return value
        if not _is_url(value, schemes):
            raise Complaint(f"must be an address such as {schemes[0]}://host:port")
        return value

    return parse


def _is_url(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def master_keys(value: str) -> tuple[bytes, ...]:
    """The current key, then older ones that still open what they sealed."""
    return tuple(_master_key(key.strip()) for key in value.split(",") if key.strip())


def _master_key(value: str) -> bytes:
    try:
        key = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        key = b"?"
    if len(key) != 32:  # noqa: PLR2004 (AES-256)
        raise Complaint(
            "must be 32 random bytes in base64, as `openssl rand -base64 32` prints"
        )
    return key


def secret_key(value: str) -> str:
    if value and len(value) < 32:  # noqa: PLR2004 (shorter ones can be guessed)
        raise Complaint("must have at least 32 characters")
    return value


def email(value: str) -> str:
    if value and value.count("@") != 1:
        raise Complaint("must be an e-mail address")
    return value


port = whole(least=1, most=65535)
database = url("postgresql", "postgres")


def ports(value: str) -> frozenset[int]:
    return frozenset(port(part.strip()) for part in value.split(",") if part.strip())


def folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def readable_file(value: str) -> Path | None:
    path = folder(value) if value else None
    if path is not None and not path.is_file():
        raise Complaint("must be the path of a file")
    return path


def addresses(value: str) -> tuple[str, ...]:
    parts = [part.strip() for part in value.split(",") if part.strip()]
    return tuple(_address(part) for part in parts)


def name_servers(value: str) -> tuple[str, ...]:
    """`address:port`, or an address alone for port 53."""
    return tuple(_name_server(part.strip()) for part in value.split(",") if part.strip())


def _name_server(part: str) -> str:
    host, colon, number = part.rpartition(":")
    if colon and "." in host:
        return f"{_address(host)}:{port(number)}"
    return f"{_address(part)}:53"


def _address(part: str) -> str:
    try:
        return str(ip_address(part))
    except ValueError:
        raise Complaint("must be IP addresses, with commas between them") from None
