"""The books as people read them: what is between us and one customer, and all accounts at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, Sum, Value, When

from alicerce.apps.billing.models import Contest, Invoice, LedgerEntry, Refund, WalletUse
from alicerce.apps.billing.models.credit_note import CreditNote
from alicerce.apps.billing.models.payment import Payment
from alicerce.apps.billing.rules.postings import RECEIVABLE, WALLET
from alicerce.apps.billing.types import PAYABLE
from alicerce.apps.billing.types.corrections import StatementLine, TrialLine
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
    """By currency, what the ledger says is owed to us less what invoices still ask for: nothing."""
    owed = _by_currency(LedgerEntry.objects.filter(account=RECEIVABLE), Sum("amount_cents"))
    asked = _by_currency(
        Invoice.objects.filter(status="open"),
        Sum(F("total_cents") - F("paid_cents") - F("relieved_cents")),
    )
    found = {
        name: owed.get(name, 0) - asked.get(name, 0) for name in owed.keys() | asked.keys()
    }
    return {name: cents for name, cents in found.items() if cents}


def open_debt(customer_id: UUID) -> tuple[Money, ...]:
    """What a customer's invoices still ask for, in each currency."""
    rows = Invoice.objects.filter(customer_id=customer_id, status__in=PAYABLE)
    left = Sum(F("total_cents") - F("paid_cents") - F("relieved_cents"))
    return tuple(Money(cents, name) for name, cents in sorted(_by_currency(rows, left).items()))


def _by_currency(rows: object, total: Sum) -> dict[str, int]:
    found = rows.values("currency").annotate(cents=total)  # type: ignore[attr-defined]
    return {row["currency"]: int(row["cents"] or 0) for row in found}


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


def _names(keys: Iterable[str]) -> dict[str, str]:
    """What each movement was about, as people quote it: the key of a movement names its thing."""
    ids: dict[str, dict[UUID, list[str]]] = {}
    payments: dict[str, list[str]] = {}
    for key in keys:
        kind, _, rest = key.partition(":")
        if kind == "payment":
            payments.setdefault(rest.partition(":")[2], []).append(key)
        else:
            ids.setdefault(kind, {}).setdefault(UUID(rest[:36]), []).append(key)
    found = _payment_names(payments)
    for kind, wanted in ids.items():
        for thing, name in _things(kind, list(wanted)):
            found |= dict.fromkeys(wanted[thing], name)
    return found


def _payment_names(wanted: dict[str, list[str]]) -> dict[str, str]:
    rows = Payment.objects.filter(reference__in=wanted).select_related("invoice")
    return {
        f"payment:{row.provider}:{row.reference}": row.invoice.code if row.invoice else ""
        for row in rows
    }


def _things(kind: str, ids: list[UUID]) -> Iterable[tuple[UUID, str]]:
    if kind == "invoice":
        return [(row.id, row.code) for row in Invoice.objects.filter(pk__in=ids)]
    if kind == "credit-note":
        return [(row.id, row.code) for row in CreditNote.objects.filter(pk__in=ids)]
    known: dict[str, Any] = {"wallet-use": WalletUse, "refund": Refund, "contest": Contest}
    own = known.get(kind)
    if own is None:
        return []
    rows = own.objects.filter(~Q(invoice=None), pk__in=ids).select_related("invoice")
    return [(row.id, row.invoice.code) for row in rows]
