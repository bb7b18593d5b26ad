"""What other apps may ask of billing."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.billing.models import (
    Charge,
    CreditNote,
    CreditNoteLine,
    Invoice,
    InvoiceLine,
    LateCharge,
    Notice,
    Payment,
    Refund,
    Wallet,
    WalletUse,
)
from alicerce.apps.billing.queries.books import opening_balances
from alicerce.apps.billing.queries.charges import (
    charge,
    charges_of,
    offered_methods,
    orders_being_paid,
)
from alicerce.apps.billing.queries.dossiers import remaining_of, standing_of
from alicerce.apps.billing.queries.gateways import accounts, hook_path
from alicerce.apps.billing.queries.invoices import (
    find_invoices,
    invoice,
    invoice_detail,
    invoice_of_order,
    invoice_of_token,
    invoices,
    last_paid_at,
    open_invoices_after,
    summaries_by_id,
)
from alicerce.apps.billing.queries.payments import (
    ledger_balance,
    ledger_imbalance,
    misfits,
    payment,
    wallet_balance,
)
from alicerce.apps.billing.queries.records import invoices_by_id, invoices_of_orders
from alicerce.apps.billing.rules.allocation import fixed_discount, percentage_discount, spread
from alicerce.apps.billing.rules.periods import (
    anniversary,
    edge_before,
    first_part,
    on_billing_day,
    period_containing,
    step_of,
)
from alicerce.apps.billing.rules.proration import (
    Item,
    change_restarting,
    change_within,
    fraction_left,
    prorated,
)
from alicerce.apps.billing.services.begin_charge import begin_charge
from alicerce.apps.billing.services.connect_gateway import connect_gateway, rotate_credentials
from alicerce.apps.billing.services.hold_invoice import hold_invoice
from alicerce.apps.billing.services.invoice_change import invoice_change
from alicerce.apps.billing.services.open_invoice import open_invoice, open_invoices
from alicerce.apps.billing.services.take_over import (
    OldCredit,
    OldInvoice,
    take_over,
    take_over_credit,
)
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.types import NewLine
from alicerce.kernel.personal import PersonalRecords


def invoice_for_order(
    *,
    customer_id: UUID,
    order_id: UUID,
    lines: Sequence[NewLine],
    due_on: date,
    at: datetime,
) -> UUID:
    """Issue the invoice of an order; asked again, it is the same one. Raises NothingToInvoice."""
    return open_invoice(
        customer_id=customer_id, order_id=order_id, lines=lines, due_on=due_on, at=at
    )


__all__ = [
    "Item",
    "OldCredit",
    "OldInvoice",
    "accounts",
    "anniversary",
    "begin_charge",
    "change_restarting",
    "change_within",
    "charge",
    "charges_of",
    "connect_gateway",
    "edge_before",
    "find_invoices",
    "first_part",
    "fixed_discount",
    "fraction_left",
    "hold_invoice",
    "hook_path",
    "invoice",
    "invoice_change",
    "invoice_detail",
    "invoice_for_order",
    "invoice_of_order",
    "invoice_of_token",
    "invoices",
    "invoices_by_id",
    "invoices_of_orders",
    "last_paid_at",
    "ledger_balance",
    "ledger_imbalance",
    "misfits",
    "offered_methods",
    "on_billing_day",
    "open_invoice",
    "open_invoices",
    "open_invoices_after",
    "opening_balances",
    "orders_being_paid",
    "payment",
    "percentage_discount",
    "period_containing",
    "personal",
    "prorated",
    "remaining_of",
    "rotate_credentials",
    "spread",
    "standing_of",
    "step_of",
    "summaries_by_id",
    "take_over",
    "take_over_credit",
    "void_invoice",
    "wallet_balance",
]

personal = PersonalRecords(
    Invoice,
    InvoiceLine,
    Charge,
    Payment,
    CreditNote,
    CreditNoteLine,
    Refund,
    Wallet,
    WalletUse,
    LateCharge,
    Notice,
)
