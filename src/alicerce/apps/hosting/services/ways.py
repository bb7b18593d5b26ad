"""How a panel is reached whose address a company typed itself."""

from urllib.parse import urlsplit

from django.conf import settings

from alicerce.kernel.safe_http import Policy

PORTS = frozenset({443, 2087})
HERE = frozenset({"127.0.0.1", "localhost"})
MOST_BYTES = 20_000_000  # a server lists all of its accounts at once


def way_to(*, base_url: str) -> Policy:
    """WHM's own doors on the public Internet; this machine in development, where simulators live."""
    address = urlsplit(base_url)
    may_be_here = settings.SERVERS_MAY_BE_HERE and address.hostname in HERE
    here = {address.port} if may_be_here and address.port else set()
    return Policy(
        ports=PORTS,
        loopback_ports=frozenset(here | set(settings.LOOPBACK_PORTS)),
        seconds=settings.OUTSIDE_TIMEOUT,
        most_bytes=MOST_BYTES,
    )
