"""Where an address is, as far as a list on this machine knows: nobody outside is asked.

The list is the five registries' own, which country each block was given to; it comes with the
library `iptocc` and is as old as the release in `requirements/`.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.utils.translation import gettext as _
from iptocc import country_code

from alicerce.ui.formats import locale

LOCAL = tuple(
    ip_network(block)
    for block in (
        "10.0.0.0/8",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)


def place_of(address: str) -> str:
    """A country, in the reader's words, or the network next door; nothing where nobody knows."""
    try:
        known = _plain(address)
    except ValueError:
        return ""
    if any(known in block for block in LOCAL):
        return _("rede local")
    code = country_code(str(known))
    return str(locale().territories.get(code, "")) if code else ""


def _plain(address: str) -> IPv4Address | IPv6Address:
    """Without a scope, and an IPv4 address as one also where IPv6 carries it."""
    known = ip_address(address.strip().partition("%")[0])
    inner = known.ipv4_mapped if isinstance(known, IPv6Address) else None
    return inner or known
