"""Which addresses belong to the public Internet: what IANA reserved, and what it tunnels, does not.

Python's `is_global` says yes to NAT64, 6to4, Teredo and multicast, all of which lead inside. Of IPv6
only global unicast is public, and of that only what no registry took out (docs/decisions/0028).
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from alicerce.kernel.errors import Refused

Address = IPv4Address | IPv6Address

# https://www.iana.org/assignments/iana-ipv4-special-registry, and metadata that is not in it.
NOT_PUBLIC_4 = [
    ip_network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT; Alibaba keeps its metadata here
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's wire server
        "169.254.0.0/16",  # link-local; most clouds keep their metadata here
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # multicast tunnels
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
]
GLOBAL_UNICAST = ip_network("2000::/3")
# https://www.iana.org/assignments/iana-ipv6-special-registry, the part inside global unicast.
NOT_PUBLIC_6 = [
    ip_network(block)
    for block in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
]


def is_public(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in block for block in NOT_PUBLIC_4)
    if address.scope_id or address not in GLOBAL_UNICAST:
        return False
    return not any(address in block for block in NOT_PUBLIC_6)


def parse(text: str) -> Address:
    """An address as the resolver writes it. Raises NotAnAddress."""
    try:
        return ip_address(text)
    except ValueError:
        raise NotAnAddress from None


class NotAnAddress(Refused):
    code = "not_an_address"
