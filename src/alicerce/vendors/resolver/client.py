"""Questions to DNS, and how certain we are of each answer."""

from collections.abc import Callable, Iterator, Sequence

from dns.exception import DNSException
from dns.nameserver import Do53Nameserver
from dns.rdatatype import RdataType
from dns.resolver import NXDOMAIN, Answer, NoAnswer, Resolver

from alicerce.kernel.http import Unknown, assert_outside

PATIENCE = 5.0
ADDRESSES = (RdataType.A, RdataType.AAAA)


class DnsClient:
    """Asks these servers (`address:port`), or those that the machine itself asks.

    That there is no such record is an answer, and an empty one. Silence, a failing server and a
    broken delegation are no answer: the record may be there.
    """

    def __init__(self, servers: Sequence[str] = (), *, timeout: float = PATIENCE) -> None:
        self._servers, self._timeout = tuple(servers), timeout

    def texts(self, name: str) -> tuple[str, ...]:
        """What the TXT records say. Raises Unknown."""
        return tuple(self._values(name, RdataType.TXT, _text))

    def addresses(self, name: str) -> frozenset[str]:
        """Where it leads in the end, aliases followed; empty when nowhere. Raises Unknown."""
        found = (self._values(name, kind, str) for kind in ADDRESSES)
        return frozenset(address for each in found for address in each)

    def _values(
        self, name: str, kind: RdataType, read: Callable[[object], str]
    ) -> Iterator[str]:
        answer = self._ask(name, kind)
        yield from map(read, answer or ())

    def _ask(self, name: str, kind: RdataType) -> Answer | None:
        assert_outside(f"DNS {kind.name} {name}")
        try:
            return self._resolver().resolve(f"{name}.", kind, search=False)
        except (NXDOMAIN, NoAnswer):
            return None
        except (DNSException, OSError, UnicodeError) as error:
            raise Unknown(f"DNS {kind.name}: {type(error).__name__}") from error

    def _resolver(self) -> Resolver:
        """A new one each time: it remembers nothing, and the machine's own servers may change."""
        resolver = Resolver(configure=not self._servers)
        if self._servers:
            resolver.nameservers = [_server(one) for one in self._servers]
        resolver.lifetime = resolver.timeout = self._timeout
        return resolver


def _server(address: str) -> Do53Nameserver:
    host, _, port = address.rpartition(":")
    return Do53Nameserver(host, int(port))


def _text(record: object) -> str:
    """A long text travels in pieces of 255 bytes."""
    return b"".join(getattr(record, "strings", ())).decode(errors="replace")
