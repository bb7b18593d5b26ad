"""How far a company may still be used while its payer is behind."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alicerce.kernel.restrictions import Restriction


class RestrictionCause(StrEnum):
    """Why a company may do less: its payer owes, or the payer's account is suspended."""

    UNPAID = "unpaid"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Door:
    """Whether a company does business at all, and how far its people and programs are restricted."""

    is_open: bool
    restriction: Restriction = Restriction.NONE
    cause: str = ""
    since: datetime | None = None
