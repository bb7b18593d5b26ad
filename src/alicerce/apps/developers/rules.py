"""What a key is made of, and when it opens. Pure functions."""

from collections.abc import Iterable
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from uuid import UUID, uuid5

from alicerce.apps.developers.types import KeyStatus, Mode
from alicerce.kernel.tokens import is_token, new_token

Network = IPv4Network | IPv6Network

SHOWN = 12
PREFIXES = {mode: f"sk_{mode}_" for mode in Mode}


def new_secret(mode: Mode) -> str:
    return new_token(PREFIXES[mode])


def is_well_formed(secret: str) -> bool:
    return is_token(secret, *PREFIXES.values())


def sandbox_of(tenant_id: UUID) -> UUID:
    """The id of a company's test twin: the same whoever opens it first."""
    return uuid5(tenant_id, "sandbox")


def status_of(
    *, revoked_at: datetime | None, expires_at: datetime | None, at: datetime
) -> KeyStatus:
    if revoked_at is not None and revoked_at <= at:
        return KeyStatus.REVOKED
    if expires_at is not None and expires_at <= at:
        return KeyStatus.EXPIRED
    return KeyStatus.LIVE


def normal_networks(texts: Iterable[str]) -> tuple[str, ...]:
    """The networks as CIDR. Raises ValueError."""
    return tuple(dict.fromkeys(str(ip_network(text.strip(), strict=False)) for text in texts))


def lie_within(networks: Iterable[str], bounds: Iterable[str]) -> bool:
    """Whether whatever the networks let in, the bounds do too; without bounds they all do."""
    inner, outer = ({ip_network(text) for text in texts} for texts in (networks, bounds))
    if not outer or not inner:
        return not outer
    return all(any(_holds(bound, network) for bound in outer) for network in inner)


def _holds(bound: Network, network: Network) -> bool:
    if isinstance(bound, IPv4Network):
        return isinstance(network, IPv4Network) and network.subnet_of(bound)
    return isinstance(network, IPv6Network) and network.subnet_of(bound)


def outlives(expires_at: datetime | None, bound: datetime | None) -> bool:
    return bound is not None and (expires_at is None or expires_at > bound)


def lets_in(networks: Iterable[str], address: str | None) -> bool:
    """Whether the address lies in one of the networks; no networks let everybody in."""
    wanted = [ip_network(network) for network in networks]
    if not wanted:
        return True
    return address is not None and any(ip_address(address) in network for network in wanted)
