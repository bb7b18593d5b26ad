"""The words of marketplace. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from alicerce.apps.developers.types import KEYS_OVER_KEYS, SCOPES, Mode

NEVER = KEYS_OVER_KEYS | {"webhooks:write", "sandbox:operate", "members:write"}
APP_SCOPES = tuple(scope for scope in SCOPES if scope not in NEVER)
"""What an app may be given: never keys nor addresses of webhooks, which would outlive its removal,
nor the team."""
ACCESS, REFRESH, CODE, SECRET = "app_at_", "app_rt_", "app_ac_", "app_cs_"
CODE_LASTS = timedelta(seconds=60)
ACCESS_LASTS = timedelta(hours=1)
REFRESH_LASTS = timedelta(days=30)
YES_LASTS = timedelta(days=90)
"""After which a person is asked again, however often the app was there."""
KEPT_AFTERWARDS = timedelta(days=1)
MOST_APPLICATIONS = 50
MOST_REDIRECTS = 10


class ApplicationKind(StrEnum):
    """Whether its program can keep a secret: one on a server can, one in people's hands cannot."""

    CONFIDENTIAL = "confidential"
    PUBLIC = "public"


class TokenKind(StrEnum):
    ACCESS = "access"
    REFRESH = "refresh"


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """An app as its publisher writes it down."""

    name: str
    website: str
    redirect_uris: tuple[str, ...]
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Registered:
    """The one moment in which the secret is known; a public app has none."""

    id: UUID
    secret: str


@dataclass(frozen=True, slots=True)
class SecretView:
    shown: str
    made_at: datetime
    expires_at: datetime | None
    is_orphaned: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """An app as the company that publishes it sees it."""

    id: UUID
    name: str
    website: str
    kind: ApplicationKind
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Face:
    """What everybody may know of an app: who publishes it, where it leads, what it may ask for."""

    id: UUID
    name: str
    website: str
    kind: ApplicationKind
    redirect_uris: tuple[str, ...]
    scopes: frozenset[str]
    publisher_id: UUID
    publisher: str


@dataclass(frozen=True, slots=True)
class InstallationView:
    """An app as the company that installed it sees it."""

    id: UUID
    application_id: UUID
    name: str
    publisher: str
    scopes: tuple[str, ...]
    installed_by: UUID
    installed_at: datetime
    uninstalled_at: datetime | None
    last_used_at: datetime | None
    ends_at: datetime | None = None
    mode: Mode = Mode.LIVE

    @property
    def is_live(self) -> bool:
        return self.uninstalled_at is None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an app asks a person for, once its request proved to be sound."""

    app: Face
    redirect_uri: str
    scopes: frozenset[str]
    state: str


@dataclass(frozen=True, slots=True)
class Yes:
    """What a person agreed to, for the current company."""

    app: Face
    scopes: frozenset[str]
    by: UUID
    mode: Mode = Mode.LIVE
    """Test: for the company's sandbox, and nothing else of it."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to a program: RFC 6749 in JSON, or nothing at all."""

    status: int
    headers: dict[str, str]
    body: str
