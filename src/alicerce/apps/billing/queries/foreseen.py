"""What customers owe and hold, copied to go on with apart from the book: as many statements for many as for one."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from alicerce.apps.billing.models import Invoice, LateCharge, Payment, Wallet, WalletUse
from alicerce.apps.billing.queries.rulings import billing_rules
from alicerce.apps.billing.rules.late_fee import LateTerms
from alicerce.apps.billing.rules.lateness import Receipt, terms_of
from alicerce.apps.billing.types import InvoiceKind, InvoiceStatus
from alicerce.apps.tenancy import public as tenancy

FEW = 12
"""Of so many invoices paid last it is told how somebody uses to pay."""
Wallets = Mapping[UUID, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Debt:
    """An open invoice of no order. `asks_fee` says whether being late with it costs something."""

    id: UUID
    customer_id: UUID
    code: str
    currency: str
    total_cents: int
    remaining_cents: int
    due_on: date
    opened_at: datetime
    receipts: tuple[Receipt, ...]
    asks_fee: bool


@dataclass(frozen=True, slots=True)
class MoneyRules:
    """How a company collects, as far as what is to come depends on it."""

    late: LateTerms
    uses_wallet: bool


def money_rules() -> MoneyRules:
    rules = billing_rules()
    return MoneyRules(terms_of(rules), rules.uses_wallet)


def debts(customer_ids: Collection[UUID]) -> dict[UUID, list[Debt]]:
    """By customer, the next due first. Orders and funds are nobody's debt."""
    rows = Invoice.objects.filter(
        customer_id__in=customer_ids,
        status=InvoiceStatus.OPEN,
        kind=InvoiceKind.SALE,
        order_id__isnull=True,
    )
    found, ids = defaultdict(list), [row.id for row in rows]
    receipts, fees = _receipts(ids), _feeless(ids)
    for row in sorted(rows, key=lambda one: (one.due_on, str(one.id))):
        debt = Debt(
            row.id,
            row.customer_id,
            row.code,
            row.currency,
            row.total_cents,
            row.remaining.cents,
            row.due_on,
            row.opened_at or row.created_at,
            tuple(receipts[row.id]),
            row.id not in fees,
        )
        found[row.customer_id].append(debt)
    return found


def wallets(customer_ids: Collection[UUID]) -> Wallets:
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = Wallet.objects.filter(customer_id__in=customer_ids, balance_cents__gt=0)
    for row in rows:
        found[row.customer_id][row.currency] = row.balance_cents
    return found


def paid_after(customer_ids: Collection[UUID]) -> dict[UUID, list[int]]:
    """Of each customer's last invoices that came of themselves, how many days after the due date it was paid."""
    zone = ZoneInfo(tenancy.tenant_card().time_zone)
    rows = Invoice.objects.filter(
        customer_id__in=customer_ids,
        status=InvoiceStatus.PAID,
        kind=InvoiceKind.SALE,
        order_id__isnull=True,
        total_cents__gt=0,
    )
    found: dict[UUID, list[int]] = defaultdict(list)
    for id_, due_on, paid_at in rows.order_by("-id").values_list(
        "customer_id", "due_on", "paid_at"
    ):
        if paid_at and len(found[id_]) < FEW:
            found[id_].append((paid_at.astimezone(zone).date() - due_on).days)
    return found


def _receipts(ids: Collection[UUID]) -> dict[UUID, list[Receipt]]:
    zone = ZoneInfo(tenancy.tenant_card().time_zone)
    payments = Payment.objects.filter(invoice_id__in=ids, fit="applied")
    uses = WalletUse.objects.filter(invoice_id__in=ids)
    found: dict[UUID, list[Receipt]] = defaultdict(list)
    for id_, at, cents in [
        *payments.values_list("invoice_id", "received_at", "amount_cents"),
        *uses.values_list("invoice_id", "used_at", "amount_cents"),
    ]:
        found[id_].append(Receipt(at.astimezone(zone).date(), cents))
    return found


def _feeless(ids: Collection[UUID]) -> set[UUID]:
    """Those that are a late fee themselves, or were charged one."""
    fees = LateCharge.objects.filter(fee_invoice_id__in=ids)
    charged = LateCharge.objects.filter(invoice_id__in=ids)
    return {
        *fees.values_list("fee_invoice_id", flat=True),
        *charged.values_list("invoice_id", flat=True),
    }
