"""Addresses that the demonstration makes up from the one it was given."""

from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost"})


def platform_address(base_url: str) -> str:
    """Where the platform itself answers beside a company on this machine; empty elsewhere.

    Browsers lead every name under `localhost` to the machine they run on.
    """
    parts = urlsplit(base_url)
    if parts.hostname not in LOOPBACK:
        return ""
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://platform.localhost{port}"
