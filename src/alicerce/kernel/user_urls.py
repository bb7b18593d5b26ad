"""Reading an address that a user typed, strictly: what two programs may read differently is refused."""

from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

import idna

from alicerce.kernel.http import Refusal

LONGEST = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}
PORTS = frozenset(DEFAULT_PORTS.values())
LOCAL_SUFFIXES = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home.arpa")
SAFE = "!#$%&'()*+,/:;=?@[]~"


class BadUrl(Refusal):
    """Not an address that a program may open for a user."""


@dataclass(frozen=True, slots=True)
class Target:
    scheme: str
    host: str
    port: int
    path: str

    @property
    def is_local_name(self) -> bool:
        """A name that no public resolver answers for."""
        name = self.host.rstrip(".")
        return "." not in name or name.endswith(LOCAL_SUFFIXES)

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def read_url(url: str) -> Target:
    """Raises BadUrl."""
    if len(url) > LONGEST or "\\" in url or any(char <= " " or char == "\x7f" for char in url):
        raise BadUrl("the address is too long, or has characters that no address has")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadUrl("the address cannot be read") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise BadUrl("only http and https")
    if port == 0:
        raise BadUrl("no such port")
    if "@" in parts.netloc:
        raise BadUrl("no user name or password in the address")
    return Target(
        parts.scheme,
        _host(parts.hostname or ""),
        DEFAULT_PORTS[parts.scheme] if port is None else port,
        _path(parts),
    )


def _host(name: str) -> str:
    if ":" in name:
        return name  # IPv6, which `urlsplit` has checked
    try:
        return idna.encode(name, uts46=True).decode()
    except idna.IDNAError:
        raise BadUrl("the host name cannot be read") from None


def _path(parts: SplitResult) -> str:
    path = parts.path or "/"
    return quote(f"{path}?{parts.query}" if parts.query else path, safe=SAFE)
