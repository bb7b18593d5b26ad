"""The words of developers. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, get_args
from uuid import UUID


class Mode(StrEnum):
    LIVE = "live"
    TEST = "test"


class Caller(StrEnum):
    """What kind of program calls: one with a key of its own, or an app that people installed."""

    KEY = "key"
    APP = "app"


class KeyStatus(StrEnum):
    LIVE = "live"
    EXPIRED = "expired"
    REVOKED = "revoked"


# What a key may be given. The permissions of people are a larger set.
Scope = Literal[
    "catalog:read",
    "catalog:write",
    "customers:read",
    "customers:create",
    "customers:update",
    "services:read",
    "services:annotate",
    "services:create",
    "services:operate",
    "migrations:read",
    "migrations:create",
    "orders:read",
    "orders:annotate",
    "orders:cancel",
    "billing:annotate",
    "billing:read",
    "disputes:answer",
    "disputes:read",
    "collecting:charge",
    "collecting:ask",
    "collecting:revoke",
    "corrections:request",
    "dunning:read",
    "platform_bill:read",
    "fiscal:read",
    "reconciliation:read",
    "subscriptions:write",
    "host_names:read",
    "host_names:write",
    "usage:write",
    "forecasts:read",
    "forecasts:write",
    "switching:read",
    "dns:read",
    "dns:write",
    "events:read",
    "webhooks:read",
    "webhooks:write",
    "members:read",
    "members:write",
    "keys:read",
    "keys:write",
    "sandbox:operate",
]
SCOPES: tuple[Scope, ...] = get_args(Scope)
KEYS_OVER_KEYS = frozenset({"keys:read", "keys:write"})
GIVEN_IN_PERSON = frozenset({"members:write"})
"""What lets people in is given to a key by who proves themselves. Another key may exchange it, not make it."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key as it is asked for."""

    name: str
    scopes: frozenset[str]
    mode: Mode = Mode.LIVE
    networks: tuple[str, ...] = ()
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes a key, and what they may do at this moment; a key may do so only from its networks."""

    user_id: UUID
    permissions: frozenset[str]
    networks: tuple[str, ...] = ()
    expires_at: datetime | None = None
    key_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class MintedKey:
    """The one moment in which the secret is known."""

    id: UUID
    secret: str


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key as its owners see it: never the secret."""

    id: UUID
    name: str
    mode: Mode
    shown: str
    scopes: tuple[str, ...]
    networks: tuple[str, ...]
    status: KeyStatus
    api_version: str
    made_by: UUID
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Admission:
    """What a key or an app's token opens: whose rows, and what may be done with them.

    `key_id` is the caller's own: of the key, or of the app whichever of its tokens it sent.
    """

    key_id: UUID
    name: str
    mode: Mode
    home_id: UUID
    tenant_id: UUID
    made_by: UUID
    scopes: frozenset[str]
    networks: tuple[str, ...]
    expires_at: datetime | None
    caller: Caller = Caller.KEY
    api_version: str = ""
    """The one that answers where the call names none; the newest of them where this is nothing."""

    @property
    def actor(self) -> str:
        return f"{self.caller}:{self.key_id}"

    @property
    def subject(self) -> str:
        """Whose requests are counted together: an app's are, in each company for itself."""
        is_key = self.caller is Caller.KEY
        return str(self.key_id) if is_key else f"{self.key_id}|{self.home_id}"

    @property
    def app_name(self) -> str:
        return self.name if self.caller is Caller.APP else ""


REFUSED = 400


@dataclass(frozen=True, slots=True)
class Call:
    """One use of the API, as the log keeps it."""

    home_id: UUID
    key_id: UUID
    at: datetime
    method: str
    route: str
    status: int
    milliseconds: int
    request_id: UUID
    idempotency_key: str = ""
    app_name: str = ""
    mode: Mode = Mode.LIVE
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CallView:
    id: UUID
    at: datetime
    method: str
    route: str
    status: int
    milliseconds: int
    key_id: UUID
    key_name: str
    request_id: UUID
    idempotency_key: str
    problem: str


@dataclass(frozen=True, slots=True)
class Sought:
    """Which calls of the log are looked for: by whom, the refused ones, one of them."""

    key_id: UUID | None = None
    refused: bool = False
    request_id: UUID | None = None


ANYTHING = Sought()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One POST that may be sent again: by whom, where, under which key, and what was in it."""

    key_id: UUID
    route: str
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given the first time."""

    status: int
    headers: dict[str, str]
    body: bytes


API_VERSIONS = ("2026-11",)
"""Every version of the API that is answered, the oldest first; each is named by its month."""
LOG_KEPT = timedelta(days=30)
ANSWERS_KEPT = timedelta(hours=24)
