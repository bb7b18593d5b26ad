"""Pure rules of hosting: names, choices, patience."""

import base64
import re
from collections.abc import Iterable
from datetime import timedelta
from hashlib import blake2b
from ipaddress import IPv4Address, IPv6Address, ip_address
from uuid import UUID

from alicerce.apps.hosting.types import (
    GRAVITY,
    Cause,
    Custom,
    Desired,
    HoldCard,
    HostFault,
    Observed,
    RunKind,
    Scope,
    Seat,
    ServiceStatus,
    Strategy,
    WebAlone,
)
from alicerce.kernel.brazil import HOST_LABEL, MAX_DOMAIN

USERNAME_LENGTH = 8
SUFFIX_LENGTH = 3
FALLBACK_STEM = "site"
RESERVED = frozenset(
    {"root", "nobody", "cpanel", "mysql", "postgres", "virtfs", "mailman", "ftp"}
)

FAST_ATTEMPTS = 5
FIRST_DELAY = timedelta(seconds=4)
SLOW_DELAYS = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)
MAX_ATTEMPTS = FAST_ATTEMPTS + len(SLOW_DELAYS)
MAX_CRASHES = 12
"""A worker that died is no answer of the server: its attempt is not counted against the service."""
JITTER = 0.25

ABSENCES_NEEDED = 3
PROBE_DELAYS = (timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20))
RESTING_DELAY = timedelta(seconds=1)
BUSY_DELAY = timedelta(seconds=4)  # only if nobody hands the slot over: its holder died

FAILURES_BEFORE_PAUSE = 3
PAUSE = timedelta(seconds=20)
LOOK_AGAIN = timedelta(seconds=20)  # at a server that did not answer the last time

FEWEST_LABELS = 2
LOCAL_NAMES = ("localhost", "local", "internal", "localdomain", "home.arpa")
METADATA = {ip_address("fd00:ec2::254"), ip_address("100.100.100.200")}  # not link-local


def username(*, domain: str, service_id: UUID, candidate: int) -> str:
    """The panel's name for a service: always the same for the same service and candidate.

    Panels tell accounts apart by the first eight characters, so the name has eight: a stem people
    recognize and a suffix that only this service has.
    """
    stem = re.sub(r"[^a-z0-9]", "", domain.lower().removeprefix("www.").split(".")[0])
    stem = stem.lstrip("0123456789")[: USERNAME_LENGTH - SUFFIX_LENGTH]
    if not stem or stem.startswith("test"):
        stem = FALLBACK_STEM
    return stem + _suffix(service_id, candidate)


def _suffix(service_id: UUID, candidate: int) -> str:
    digest = blake2b(service_id.bytes + candidate.to_bytes(4), digest_size=5).digest()
    return base64.b32encode(digest).decode().lower()[:SUFFIX_LENGTH]


def is_valid_username(name: str) -> bool:
    shape = re.fullmatch(r"[a-z][a-z0-9]{0,15}", name)
    return bool(shape) and not name.startswith("test") and name not in RESERVED


def in_order_of_choice(seats: Iterable[Seat], *, strategy: Strategy) -> list[Seat]:
    """The servers with room, the one to use first."""
    free = [seat for seat in seats if not seat.is_full]
    if strategy == Strategy.FILL_FIRST:
        return sorted(free, key=lambda s: (s.max_accounts - s.accounts, s.name))
    return sorted(free, key=_fill_in_millionths)


def _fill_in_millionths(seat: Seat) -> tuple[int, str]:
    return (seat.accounts * 1_000_000 // seat.max_accounts, seat.name)


def retry_delay(*, attempt: int, chance: float, pace: float) -> timedelta | None:
    """How long to wait after this attempt; None when it was the last one.

    A fast lane for hiccups, a slow one for outages. `chance` in [0, 1) spreads the herd.
    """
    if attempt >= MAX_ATTEMPTS:
        return None
    slow = attempt - FAST_ATTEMPTS
    delay = FIRST_DELAY * 2 ** (attempt - 1) if slow < 0 else SLOW_DELAYS[slow]
    return delay * (1 + JITTER * (2 * chance - 1)) * pace


def probe_delay(*, absences: int, pace: float) -> timedelta:
    """How long to wait before asking again whether an account appeared."""
    return PROBE_DELAYS[min(absences, len(PROBE_DELAYS) - 1)] * pace


def spread(shortest: timedelta, *, chance: float, pace: float) -> timedelta:
    """Once to twice as long, so that those who wait do not come back together."""
    return shortest * (1 + chance) * pace


def may_create(*, asked_before: bool, absences: int) -> bool:
    """Whether the account may be asked for: never asked, or missing often enough since."""
    return not asked_before or absences >= ABSENCES_NEEDED


def gravest(causes: Iterable[Cause]) -> str:
    """What a service that is held back for several reasons says; "" when for none."""
    return max(causes, key=GRAVITY.index, default="")


def is_held(holds: Iterable[HoldCard], custom: Custom) -> bool:
    """Whether the account is to be suspended, at a panel that cannot stop the web alone."""
    return any(hold.scope == Scope.ALL or custom.web_alone == WebAlone.WHOLE for hold in holds)


def next_operation(
    *, status: str, desired: str, observed: str, wants_another_package: bool
) -> RunKind | None:
    """What is still between a service and what is wanted of it; None when nothing, or not yet."""
    if status in (
        ServiceStatus.PENDING,
        ServiceStatus.PROVISIONING,
        ServiceStatus.TERMINATED,
    ):
        return None
    if desired == Desired.TERMINATED:
        return RunKind.TERMINATE
    if status == ServiceStatus.ERROR:
        return None
    if desired == Desired.SUSPENDED and (status, observed) != (
        ServiceStatus.SUSPENDED,
        Observed.SUSPENDED,
    ):
        return RunKind.SUSPEND
    if desired == Desired.ACTIVE and (status, observed) != (
        ServiceStatus.ACTIVE,
        Observed.ACTIVE,
    ):
        return RunKind.RESUME
    return RunKind.CHANGE_PACKAGE if wants_another_package else None


def fits(*, used: int | None, quota: int | None) -> bool:
    """Whether what an account uses fits into a package. What nobody knows is not refused."""
    return quota is None or used is None or used <= quota


def host_fault(host: str, *, may_be_here: bool) -> HostFault | None:
    """Why this is not the bare name or address of a server that we may call; None when it is.

    `may_be_here` lets this very machine pass, where simulators live. What every machine answers
    for itself, such as the metadata of a cloud, never passes.
    """
    if re.search(r"[/\\?#@\s]", host):
        return HostFault.NOT_BARE
    address = _address(host)
    if address is not None:
        return None if _is_reachable(address, may_be_here=may_be_here) else HostFault.LOCAL
    if ":" in host:
        return HostFault.WITH_PORT
    return _name_fault(host.lower(), may_be_here=may_be_here)


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(host)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _is_reachable(address: IPv4Address | IPv6Address, *, may_be_here: bool) -> bool:
    if address.is_loopback:
        return may_be_here
    nowhere = address.is_unspecified or address.is_multicast or address.is_link_local
    return not nowhere and address not in METADATA and int(address) != 2**32 - 1


def _name_fault(name: str, *, may_be_here: bool) -> HostFault | None:
    if name == "localhost" and may_be_here:
        return None
    if any(name == local or name.endswith(f".{local}") for local in LOCAL_NAMES):
        return HostFault.LOCAL
    labels = name.split(".")
    written_well = len(name) <= MAX_DOMAIN and all(map(HOST_LABEL.fullmatch, labels))
    if len(labels) < FEWEST_LABELS or not written_well or labels[-1].isdigit():
        return HostFault.NO_NAME
    return None
