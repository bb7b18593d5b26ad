"""Debits that a payer authorised once (Pix Automático). Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DebitUse:
    """By which authorisation to debit, on which day: the PSP's name for it, at the account that has it."""

    account_id: UUID
    mandate: str
    on: date


@dataclass(frozen=True, slots=True)
class DebitTerms:
    """Frozen with the charge."""

    mandate: str
    on: date


@dataclass(frozen=True, slots=True)
class DebitTry:
    """A day on which the payer's bank was, or will be, asked for the money."""

    on: date
    is_under_way: bool
    why: str = ""
