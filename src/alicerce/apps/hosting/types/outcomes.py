"""How attempts end, and what can be said of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from alicerce.apps.hosting.types.life import Observed


class Answer(StrEnum):
    """How an outside call may end."""

    DONE = "done"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What a step's attempt means for its run."""

    DONE = "done"
    AGAIN = "again"
    WAIT = "wait"
    RENAME = "rename"
    MOVE = "move"
    REDO = "redo"
    FAIL = "fail"
    HUMAN = "human"


class RefusalKind(StrEnum):
    USERNAME_TAKEN = "username_taken"
    NAME_UNUSABLE = "name_unusable"
    DOMAIN_TAKEN = "domain_taken"
    SERVER_FULL = "server_full"
    ALREADY_SO = "already_so"
    PERMANENT = "permanent"
    OTHER = "other"


class Remark(StrEnum):
    """What can be said of a step. Stored as it is: the words are found when somebody reads."""

    SERVER_CHOSEN = "server_chosen"
    NO_ROOM = "no_room"
    SERVERS_RESTING = "servers_resting"
    NO_LICENCE_ANSWER = "no_licence_answer"
    SEAT_TAKEN = "seat_taken"
    USERNAME_RESERVED = "username_reserved"
    NO_USERNAME = "no_username"
    ACCOUNT_CREATED = "account_created"
    ACCOUNT_FOUND = "account_found"
    ACCOUNT_NOT_SHOWN = "account_not_shown"
    ACCOUNT_HALF_MADE = "account_half_made"
    ACCOUNT_REFUSED = "account_refused"
    USERNAME_OF_OTHER = "username_of_other"
    USERNAME_REFUSED = "username_refused"
    DOMAIN_OF_OTHER = "domain_of_other"
    LICENCE_SPENT = "licence_spent"
    TAKEN_OVER = "taken_over"
    ZONE_READY = "zone_ready"
    CERTIFICATE_ASKED = "certificate_asked"
    LIVE = "live"
    NOT_ALLOWED = "not_allowed"
    PANEL_REFUSED = "panel_refused"
    PANEL_AWAY = "panel_away"
    PANEL_SILENT = "panel_silent"
    SERVER_RESTING = "server_resting"
    IN_LINE = "in_line"
    CRASHED = "crashed"
    CRASHED_TOO_OFTEN = "crashed_too_often"
    OUR_FAULT = "our_fault"
    ALREADY_SO = "already_so"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    PACKAGE_CHANGED = "package_changed"
    REMOVED = "removed"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    NOT_SETTLED = "not_settled"
    CHANGE_NOT_SHOWN = "change_not_shown"
    CHANGE_REFUSED = "change_refused"
    ACCOUNT_MISSING = "account_missing"
    ACCOUNT_OF_OTHER = "account_of_other"
    NO_PACKAGE = "no_package"
    TOO_SMALL = "too_small"
    TOLD = "told"
    OVERRULED = "overruled"


@dataclass(frozen=True, slots=True)
class Said:
    """A remark and what it is about; `raw` is how the other side or the machine put it."""

    remark: Remark
    values: Mapping[str, str] = field(default_factory=dict)
    raw: str = ""

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return {"code": str(self.remark), "values": dict(self.values), "raw": self.raw[:500]}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        return cls(Remark(kept["code"]), kept["values"], kept["raw"])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt came to, and when to come back if it must."""

    verdict: Verdict
    said: Said
    answer: Answer = Answer.DONE
    delay: timedelta | None = None
    server_id: UUID | None = None
    observed: Observed | None = None
