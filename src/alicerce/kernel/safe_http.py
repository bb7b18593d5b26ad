"""The one way to an address that a user supplied, for it may lead into our own network.

The name is resolved once, every address it has must be public, and the connection goes to the very
address that was checked: a resolver that answers differently a moment later changes nothing. A call
ends as any call outside: an answer, Refusal, Unavailable or Unknown (docs/decisions/0006 and 0028).
"""

import socket
import ssl
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import urljoin

import httpcore
from django.conf import settings

from alicerce.kernel.http import Unavailable, Unknown, assert_outside
from alicerce.kernel.public_addresses import Address, parse
from alicerce.kernel.safe_connection import (
    Deadline,
    Forbidden,
    Guarded,
    Policy,
    allows,
    check_port,
)
from alicerce.kernel.user_urls import Target, read_url

FOLLOWED = frozenset({301, 302, 303, 307, 308})
ACROSS_ORIGINS = frozenset({"accept", "user-agent"})


class Untrusted(Unavailable):
    """Whoever answered could not prove to be who was asked for. Nothing was told to them."""


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, never decompressed. `is_cut` when there was more, or it came too slowly."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_cut: bool
    milliseconds: int
    url: str


def call(asked: Call, *, redirects: int = 0, policy: Policy | None = None) -> Answer:
    """Ask a stranger; a redirect beyond those allowed is an answer.

    Raises Refusal, Unavailable or Unknown.
    """
    assert_outside(f"{asked.method} to an address of a user")
    policy = policy or current_policy()
    deadline = Deadline(policy.seconds)
    while True:
        answer = _once(asked, policy, deadline)
        if redirects <= 0 or answer.status not in FOLLOWED or "location" not in answer.headers:
            return answer
        redirects -= 1
        asked = _next_hop(asked, answer)


def current_policy() -> Policy:
    """Only development may reach its own machine: settings refuse it to production."""
    return Policy(loopback_ports=frozenset(settings.LOOPBACK_PORTS))


def check_url(url: str, *, policy: Policy | None = None) -> None:
    """Whether a user may ask for this address, as far as it can be told without asking anybody.

    Raises Refusal. What the name leads to is checked whenever it is called.
    """
    policy = policy or current_policy()
    target = read_url(url)
    literal = _numeric(target)
    if literal and not allows(literal, target.port, policy):
        raise Forbidden("the address is not on the public Internet")
    if not literal and target.is_local_name and target.port not in policy.loopback_ports:
        raise Forbidden("the name is not on the public Internet")
    check_port(target.port, policy)


def _numeric(target: Target) -> Address | None:
    """The address that a name really is, in any spelling the system's own resolver understands."""
    try:
        found = socket.getaddrinfo(
            target.host.rstrip("."),
            target.port,
            type=socket.SOCK_STREAM,
            flags=socket.AI_NUMERICHOST,
        )
    except (OSError, UnicodeError):
        return None
    return parse(str(found[0][4][0]))


def _once(asked: Call, policy: Policy, deadline: Deadline) -> Answer:
    target = read_url(asked.url)
    try:
        return _exchange(asked, target, policy, deadline)
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as trouble:
        kind = Untrusted if isinstance(trouble.__context__, ssl.SSLError) else Unavailable
        raise kind(str(trouble) or "no connection") from trouble
    except (httpcore.TimeoutException, TimeoutError) as trouble:
        raise Unknown(f"no answer within {policy.seconds:g} s") from trouble
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as trouble:
        raise Unknown(f"the connection broke: {type(trouble).__name__}") from trouble


def _exchange(asked: Call, target: Target, policy: Policy, deadline: Deadline) -> Answer:
    with (
        httpcore.ConnectionPool(
            ssl_context=policy.trust or _public_trust(),
            network_backend=Guarded(policy, deadline),
            max_connections=1,
        ) as pool,
        pool.stream(
            asked.method,
            httpcore.URL(
                scheme=target.scheme, host=target.host, port=target.port, target=target.path
            ),
            headers=_headers(asked, target),
            content=asked.body,
        ) as response,
    ):
        body, is_cut = _read(response.iter_stream(), policy.most_bytes)
        return Answer(
            status=response.status,
            headers=_said(response.headers),
            body=body,
            is_cut=is_cut,
            milliseconds=deadline.milliseconds(),
            url=asked.url,
        )


def _headers(asked: Call, target: Target) -> list[tuple[str, str]]:
    given = [(name, value) for name, value in asked.headers.items() if name.lower() != "host"]
    length = [("Content-Length", str(len(asked.body)))] if asked.body else []
    own = [("Host", target.authority), ("Accept-Encoding", "identity"), ("Connection", "close")]
    return [*own, *length, *given]


def _read(chunks: Iterable[bytes], most: int) -> tuple[bytes, bool]:
    """As much as we want of it. Whoever has answered has answered, however slow the rest."""
    body = b""
    try:
        for chunk in chunks:
            body += chunk
            if len(body) > most:
                return body[:most], True
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
        return body, True
    return body, False


def _said(headers: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def _next_hop(asked: Call, answer: Answer) -> Call:
    """Another address, checked like the first; what was meant for one origin stays there."""
    url = urljoin(asked.url, answer.headers["location"])
    if read_url(url).origin == read_url(asked.url).origin:
        return replace(asked, method="GET", url=url, body=b"")
    kept = {k: v for k, v in asked.headers.items() if k.lower() in ACROSS_ORIGINS}
    return Call("GET", url, kept)


@cache
def _public_trust() -> ssl.SSLContext:
    return httpcore.default_ssl_context()


__all__ = [
    "Answer",
    "Call",
    "Forbidden",
    "Policy",
    "Untrusted",
    "call",
    "check_url",
    "current_policy",
]
