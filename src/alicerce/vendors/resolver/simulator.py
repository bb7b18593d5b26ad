"""A DNS server that knows the records somebody typed on the control page, and nothing else."""

import asyncio
from collections.abc import Iterable
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
from dns.exception import DNSException

from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import HOST
from alicerce.vendors.simulation.store import Store

RECORD = "dns"
FAULTS = ("servfail", "silent")
KINDS = ("A", "AAAA", "CNAME", "TXT")
TTL = 60
LONGEST_CHAIN = 8
LONGEST_PIECE = 255


class UnknownKind(ValueError):
    """No such type of record here."""


class Names:
    """Every record there is, and answers to questions about them."""

    def __init__(self, store: Store, faults: Faults) -> None:
        self._store, self.faults = store, faults

    def put(self, name: str, kind: str, values: Iterable[str]) -> None:
        """These are the records of that name and type from now on; none takes them away."""
        if kind not in KINDS:
            raise UnknownKind(f"type: one of {', '.join(KINDS)}")
        key, said = f"{_plain(name)} {kind}", [value.strip() for value in values]
        if wanted := [value for value in said if value]:
            _rrset(_plain(name), kind, wanted)
            self._store.put(RECORD, key, wanted)
        else:
            self._store.delete(RECORD, key)

    def records(self) -> list[dict[str, Any]]:
        found = self._store.all(RECORD)
        return [
            {"name": key.split()[0], "type": key.split()[1], "values": values}
            for key, values in found.items()
        ]

    def answer(self, raw: bytes) -> bytes | None:
        """What to send back; None is silence."""
        try:
            query = dns.message.from_wire(raw)
            [asked] = query.question
        except (DNSException, ValueError):
            return None
        name, kind = _plain(asked.name.to_text()), dns.rdatatype.to_text(asked.rdtype)
        fault = self.faults.pick(f"{kind} {name}")
        self.faults.record(f"{kind} {name}", outcome=fault or "done")
        if fault == "silent":
            return None
        response = dns.message.make_response(query, recursion_available=True)
        if fault:
            response.set_rcode(dns.rcode.SERVFAIL)
        else:
            self._fill(response, name, kind)
        return response.to_wire()

    def _fill(self, response: dns.message.Message, name: str, kind: str) -> None:
        known = self._store.all(RECORD)
        for _ in range(LONGEST_CHAIN):
            if found := known.get(f"{name} {kind}"):
                response.answer.append(_rrset(name, kind, found))
                return
            if not (alias := known.get(f"{name} CNAME")):
                break
            response.answer.append(_rrset(name, "CNAME", alias))
            name = _plain(alias[0])
        if not response.answer and not any(key.split()[0] == name for key in known):
            response.set_rcode(dns.rcode.NXDOMAIN)


class DnsSite(asyncio.DatagramProtocol):
    """The names on a UDP port. Port 0 takes a free one and keeps it."""

    def __init__(self, names: Names, *, port: int = 0) -> None:
        self.port = port
        self._names = names
        self._transport: asyncio.DatagramTransport | None = None

    @property
    def address(self) -> str:
        return f"{HOST}:{self.port}"

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(
            lambda: self, local_addr=(HOST, self.port)
        )
        self._transport = transport
        self.port = transport.get_extra_info("sockname")[1]

    async def stop(self) -> None:
        if self._transport:
            self._transport.close()
            self._transport = None

    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        answer = self._names.answer(data)
        if answer and self._transport:
            self._transport.sendto(answer, addr)


def _plain(name: str) -> str:
    return name.strip().rstrip(".").lower()


def _rrset(name: str, kind: str, values: Iterable[str]) -> dns.rrset.RRset:
    """Raises ValueError for what no such record may say."""
    texts = [_written(value, kind) for value in values]
    try:
        return dns.rrset.from_text_list(f"{name}.", TTL, "IN", kind, texts)
    except DNSException as wrong:
        raise ValueError(f"{kind}: {wrong}") from wrong


def _written(value: str, kind: str) -> str:
    """As a zone file has it: texts in quotes, in pieces; names from the root."""
    if kind == "CNAME":
        return f"{_plain(value)}."
    if kind != "TXT":
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    pieces = [escaped[at : at + LONGEST_PIECE] for at in range(0, len(escaped), LONGEST_PIECE)]
    return " ".join(f'"{piece}"' for piece in pieces)
