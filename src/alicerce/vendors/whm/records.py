"""What WHM knows, read from its wire tolerantly."""

import re
from dataclasses import dataclass, field
from typing import Any

from alicerce.kernel.http import Unknown
from alicerce.vendors.whm.wire import AccountRow, CreatedRow, DomainRow, SessionRow

SIZE = re.compile(r"(\d+)([KMGT]?)", re.IGNORECASE)
UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40, "": 1 << 20}
"""A bare number is of megabytes, as everywhere in WHM."""


@dataclass(frozen=True, slots=True)
class Account:
    user: str
    domain: str
    plan: str
    owner: str
    email: str
    ip: str
    suspended: bool
    suspend_reason: str
    disk_used: int | None = None
    disk_limit: int | None = None
    """In bytes. A limit of None is no limit; what is used is None when the server does not say."""


@dataclass(frozen=True, slots=True)
class Package:
    name: str
    quota: int | None
    """In bytes; None is no limit."""


@dataclass(frozen=True, slots=True)
class HostedDomain:
    """`kind` is main, addon, parked or sub."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class CreatedAccount:
    """WHM does not repeat the name: it is the one that was asked for."""

    ip: str
    nameservers: tuple[str, ...]
    package: str


@dataclass(frozen=True, slots=True)
class UserSession:
    """Whoever has the address is signed in: redirect to it at once and keep it nowhere."""

    url: str = field(repr=False)
    expires: int


def read_account(row: AccountRow) -> Account:
    if not row.get("user"):
        raise Unknown("WHM: an account without a name")
    suspended = str(row.get("suspended", 0)) == "1"
    return Account(
        user=str(row["user"]),
        domain=str(row.get("domain", "")).lower(),
        plan=str(row.get("plan", "")),
        owner=str(row.get("owner", "")),
        email=str(row.get("email", "")),
        ip=str(row.get("ip", "")),
        suspended=suspended,
        suspend_reason=str(row.get("suspendreason", "")) if suspended else "",
        disk_used=read_size(row.get("diskused")),
        disk_limit=read_size(row.get("disklimit")),
    )


def read_domain(row: DomainRow) -> HostedDomain:
    if not row.get("domain"):
        raise Unknown("WHM: a domain without a name")
    return HostedDomain(str(row["domain"]).lower(), str(row.get("domain_type", "")))


def read_package(row: object, *, name: str) -> Package:
    if not isinstance(row, dict) or "QUOTA" not in row:
        raise Unknown("WHM: a package without a quota")
    return Package(str(row.get("name") or name), read_size(row["QUOTA"]))


def read_size(value: object) -> int | None:
    """`14M` in bytes; None for `unlimited`, `none` and `*unknown*`."""
    found = SIZE.fullmatch(str(value).strip())
    return int(found[1]) * UNITS[found[2].upper()] if found else None


def read_created(row: CreatedRow) -> CreatedAccount:
    named = (row.get("nameserver"), row.get("nameserver2"))
    more = (row.get("nameserver3"), row.get("nameserver4"))
    return CreatedAccount(
        ip=str(row.get("ip", "")),
        nameservers=tuple(name for name in (*named, *more) if name),
        package=str(row.get("package", "")),
    )


def read_session(row: SessionRow) -> UserSession:
    if not row.get("url"):
        raise Unknown("WHM: a session without an address")
    return UserSession(str(row["url"]), whole(row.get("expires", 0)))


def rows(data: dict[str, Any], name: str) -> list[Any]:
    """A list of objects; WHM leaves an empty one out."""
    found = data.get(name) or []
    if not isinstance(found, list):
        raise Unknown(f"WHM: {name} is no list")
    return [row for row in found if isinstance(row, dict)]


def whole(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise Unknown("WHM: not a whole number") from None
