"""What dns needs from whoever hosts a zone."""

from collections.abc import Callable
from typing import Protocol

from alicerce.apps.dns.types import Changes, ZoneSnapshot


class SerialMismatch(Exception):
    """The zone changed between reading and writing: read it again and plan again."""


class DnsHost(Protocol):
    """Every method may also raise the kernel's Refusal, Unavailable or Unknown."""

    def ensure_zone(self, domain: str, *, ip: str) -> None:
        """Make the zone if the host has none. Asking twice makes one."""

    def read_records(self, domain: str) -> ZoneSnapshot: ...

    def apply(self, domain: str, *, serial: str, changes: Changes) -> None:
        """Change the zone that still has this serial. Raises SerialMismatch."""


HostFactory = Callable[[str], DnsHost]

dns_hosts: dict[str, HostFactory] = {}


def host_for(*, kind: str, reference: str) -> DnsHost:
    """The host of this kind that knows itself by this reference."""
    return dns_hosts[kind](reference)
