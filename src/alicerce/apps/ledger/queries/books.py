"""The books as people read them: what is between us and one customer, and all accounts at once."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Sum, Value, When

from alicerce.apps.ledger.models import LedgerEntry
from alicerce.apps.ledger.ports import posters
from alicerce.apps.ledger.queries.balances import ledger_balance
from alicerce.apps.ledger.types import RECEIVABLE, WALLET, StatementLine, TrialLine
from alicerce.kernel.money import Money

OPENINGS = "opening."
THEIRS = (RECEIVABLE, WALLET)
"""What a customer owes is above zero, what we hold for them below."""


def statement(
    customer_id: UUID,
    *,
    currency: str = "BRL",
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[StatementLine]:
    """Each movement with what it left between us, the oldest first; moves within our books cancel out."""
    entries = LedgerEntry.objects.filter(
        customer_id=customer_id, account__in=THEIRS, currency=currency
    )
    before = _sum(entries.filter(transaction__occurred_at__lt=since)) if since else 0
    if since:
        entries = entries.filter(transaction__occurred_at__gte=since)
    if until:
        entries = entries.filter(transaction__occurred_at__lt=until)
    moves = (
        entries.values("transaction_id")
        .annotate(
            cents=Sum("amount_cents"),
            at=F("transaction__occurred_at"),
            kind=F("transaction__kind"),
            key=F("transaction__correlation_key"),
        )
        .order_by("at", "transaction_id")
    )
    return _running(list(moves), before, currency)


def statement_currencies(customer_id: UUID) -> list[str]:
    entries = LedgerEntry.objects.filter(customer_id=customer_id, account__in=THEIRS)
    return sorted(set(entries.values_list("currency", flat=True).distinct()))


def opening_balances() -> dict[str, tuple[int, int]]:
    """By currency what was owed, and what was held, when the books began here."""
    opening = LedgerEntry.objects.filter(
        transaction__kind__startswith=OPENINGS, account__in=THEIRS
    )
    found: dict[str, dict[str, int]] = {}
    rows = opening.values_list("currency", "account").annotate(cents=Sum("amount_cents"))
    for currency, account, cents in rows.order_by():
        found.setdefault(currency, {})[account] = cents
    return {
        currency: (sides.get(RECEIVABLE, 0), -sides.get(WALLET, 0))
        for currency, sides in found.items()
    }


def trial_balance() -> list[TrialLine]:
    """Every account, from the rows of the ledger alone. All balances of a currency sum to zero."""
    debit = Sum(Case(When(amount_cents__gt=0, then=F("amount_cents")), default=Value(0)))
    credit = Sum(Case(When(amount_cents__lt=0, then=-F("amount_cents")), default=Value(0)))
    rows = LedgerEntry.objects.values("account", "currency").annotate(
        debits=debit, credits=credit
    )
    return [
        TrialLine(row["account"], row["currency"], int(row["debits"]), int(row["credits"]))
        for row in rows.order_by("currency", "account")
    ]


def receivable_difference() -> dict[str, int]:
    """By currency, what the ledger says is owed to us less what whoever posts still asks for: nothing."""
    found = {held.currency: held.cents for held in ledger_balance(RECEIVABLE)}
    for poster in posters.values():
        for name, cents in poster.owed().items():
            found[name] = found.get(name, 0) - cents
    return {name: cents for name, cents in found.items() if cents}


def _sum(entries: object) -> int:
    return int(entries.aggregate(cents=Sum("amount_cents"))["cents"] or 0)  # type: ignore[attr-defined]


def _running(moves: Sequence[Any], balance: int, currency: str) -> list[StatementLine]:
    names = _names([move["key"] for move in moves])
    lines = []
    for move in moves:
        balance += move["cents"]
        lines.append(
            StatementLine(
                at=move["at"],
                kind=move["kind"],
                about=names.get(move["key"], ""),
                amount=Money(int(move["cents"]), currency),
                balance=Money(balance, currency),
            )
        )
    return lines


def _names(keys: Collection[str]) -> dict[str, str]:
    """What each movement was about, as whoever posted it says."""
    found: dict[str, str] = {}
    for poster in posters.values():
        found |= poster.names(keys)
    return found
