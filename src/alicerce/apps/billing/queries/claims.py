"""What invoices ask for, and what the movements of billing were about: what the ledger asks of whoever posts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, Q, Sum

from alicerce.apps.billing.models import Attribution, Contest, Invoice, Refund, WalletUse
from alicerce.apps.billing.models.credit_note import CreditNote
from alicerce.apps.billing.models.payment import Payment
from alicerce.apps.billing.types import PAYABLE
from alicerce.kernel.money import Money

OPENING = "opening:invoice:"
"""Before the series and the number of an invoice of another program, as `take_over` writes them."""
THINGS: dict[str, Any] = {
    "invoice": Invoice,
    "credit-note": CreditNote,
    "wallet-use": WalletUse,
    "refund": Refund,
    "contest": Contest,
    "attribution": Attribution,
}
"""Whose id follows in a key; other keys are about nothing that people quote."""


def owed() -> dict[str, int]:
    """By currency, what open invoices still ask for."""
    return _by_currency(Invoice.objects.filter(status="open"))


def open_debt(customer_id: UUID) -> tuple[Money, ...]:
    """What a customer's invoices still ask for, in each currency."""
    rows = Invoice.objects.filter(customer_id=customer_id, status__in=PAYABLE)
    return tuple(Money(cents, name) for name, cents in sorted(_by_currency(rows).items()))


def _by_currency(rows: object) -> dict[str, int]:
    left = Sum(F("total_cents") - F("paid_cents") - F("relieved_cents"))
    found = rows.values("currency").annotate(cents=left)  # type: ignore[attr-defined]
    return {row["currency"]: int(row["cents"] or 0) for row in found}


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """What each movement was about, as people quote it: the key of a movement names its thing."""
    ids: dict[str, dict[UUID, list[str]]] = {}
    payments: dict[str, list[str]] = {}
    found: dict[str, str] = {}
    for key in keys:
        kind, _, rest = key.partition(":")
        if kind == "payment":
            payments.setdefault(rest.partition(":")[2], []).append(key)
        elif key.startswith(OPENING):
            found[key] = key.removeprefix(OPENING).replace(":", "", 1)
        elif kind in THINGS:
            ids.setdefault(kind, {}).setdefault(UUID(rest[:36]), []).append(key)
    found |= _payment_names(payments)
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
    own = THINGS[kind]
    if own in (Invoice, CreditNote):
        return [(row.id, row.code) for row in own.objects.filter(pk__in=ids)]
    rows = own.objects.filter(~Q(invoice=None), pk__in=ids).select_related("invoice")
    return [(row.id, row.invoice.code) for row in rows]
