"""What other apps may ask of billing."""

from alicerce.apps.billing.models import (
    Attribution,
    Charge,
    Contest,
    CreditNote,
    CreditNoteLine,
    CustomerIssuer,
    Deferral,
    Invoice,
    InvoiceLine,
    LateCharge,
    Notice,
    Paper,
    Payment,
    Refund,
    Wallet,
    WalletUse,
)
from alicerce.apps.billing.queries import records
from alicerce.apps.billing.queries.charges import (
    charge,
    charges_of,
    offered_methods,
    orders_being_paid,
    pix_code_of,
)
from alicerce.apps.billing.queries.contests import is_moved
from alicerce.apps.billing.queries.days_worth import days_worth
from alicerce.apps.billing.queries.declared import declared_of
from alicerce.apps.billing.queries.decline_words import decline_advice, decline_words
from alicerce.apps.billing.queries.deferred import unearned
from alicerce.apps.billing.queries.dossiers import refundable, remaining_of, standing_of
from alicerce.apps.billing.queries.due_words import due_sentence
from alicerce.apps.billing.queries.figures import (
    ages,
    collected,
    collected_rows,
    deferred_by_month,
    deferred_rows,
    owed_rows,
    zone,
)
from alicerce.apps.billing.queries.foreseen import (
    Debt,
    MoneyRules,
    debts,
    money_rules,
    paid_after,
    wallets,
)
from alicerce.apps.billing.queries.gateways import (
    accounts,
    automatic_account,
    card_account,
    charging_accounts,
    enabled_gateway,
    gateway_config,
    read_accounts,
)
from alicerce.apps.billing.queries.invoices import (
    find_invoices,
    invoice,
    invoice_detail,
    invoice_of_order,
    invoice_of_token,
    invoices,
    invoices_asking,
    invoices_of_orders,
    last_paid_at,
    open_invoices_after,
    open_invoices_of,
    owed_since,
    summaries_by_id,
)
from alicerce.apps.billing.queries.issuers import issuer, issuer_of_invoice, issuers
from alicerce.apps.billing.queries.notices import notice
from alicerce.apps.billing.queries.offered_words import offered_words
from alicerce.apps.billing.queries.payments import (
    find_payment,
    misfits,
    payment,
    payment_of_reference,
    wallet_balance,
)
from alicerce.apps.billing.queries.settled import (
    account_connected_at,
    booked_payment,
    booked_payments,
    booked_refund,
    booked_refunds,
    fees_posted,
    payment_by_hand,
    payments_between,
    payments_by_hand,
    refunds_between,
)
from alicerce.apps.billing.rules.allocation import fixed_discount, percentage_discount, spread
from alicerce.apps.billing.rules.lateness import Receipt, fee_for
from alicerce.apps.billing.rules.periods import (
    anniversary,
    edge_before,
    first_part,
    on_billing_day,
    period_containing,
    step_of,
)
from alicerce.apps.billing.rules.postings import clearing
from alicerce.apps.billing.rules.proration import (
    Item,
    change_restarting,
    change_within,
    fraction_left,
    prorated,
)
from alicerce.apps.billing.rules.tiers import Tier, price_of
from alicerce.apps.billing.services import correcting
from alicerce.apps.billing.services.begin_charge import begin_charge
from alicerce.apps.billing.services.begin_debit import begin_debit
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.book_settlement import (
    book_bank_move,
    book_fee,
    book_platform_fee,
    take_back_bank_move,
)
from alicerce.apps.billing.services.charge_late_fee import DUE as FEE_DUE
from alicerce.apps.billing.services.charge_late_fee import fee_lines
from alicerce.apps.billing.services.connect_gateway import connect_gateway
from alicerce.apps.billing.services.deferring import defer_sale
from alicerce.apps.billing.services.follow_contest import follow_contest
from alicerce.apps.billing.services.follow_refund import follow_refund
from alicerce.apps.billing.services.hold_invoice import hold_invoice
from alicerce.apps.billing.services.invoice_change import invoice_change
from alicerce.apps.billing.services.levy_taxes import levied_from, preview_for, preview_taxes
from alicerce.apps.billing.services.open_invoice import (
    invoice_for_order,
    open_invoice,
    open_invoices,
)
from alicerce.apps.billing.services.read_debit import read_debit
from alicerce.apps.billing.services.record_payment import record_unclaimed
from alicerce.apps.billing.services.request_charge import request_charge
from alicerce.apps.billing.services.take_back_days import take_back_days
from alicerce.apps.billing.services.take_back_lines import take_back_lines
from alicerce.apps.billing.services.take_over import (
    OldCredit,
    OldInvoice,
    take_over,
    take_over_credit,
)
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.services.withdraw_charges import withdraw_charge
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "FEE_DUE",
    "Debt",
    "Item",
    "MoneyRules",
    "OldCredit",
    "OldInvoice",
    "Receipt",
    "Tier",
    "account_connected_at",
    "accounts",
    "ages",
    "anniversary",
    "automatic_account",
    "begin_charge",
    "begin_debit",
    "book_bank_move",
    "book_fee",
    "book_payment",
    "book_platform_fee",
    "booked_payment",
    "booked_payments",
    "booked_refund",
    "booked_refunds",
    "card_account",
    "change_restarting",
    "change_within",
    "charge",
    "charges_of",
    "charging_accounts",
    "clearing",
    "collected",
    "collected_rows",
    "connect_gateway",
    "correcting",
    "days_worth",
    "debts",
    "declared_of",
    "decline_advice",
    "decline_words",
    "defer_sale",
    "deferred_by_month",
    "deferred_rows",
    "due_sentence",
    "edge_before",
    "enabled_gateway",
    "fee_for",
    "fee_lines",
    "fees_posted",
    "find_invoices",
    "find_payment",
    "first_part",
    "fixed_discount",
    "follow_contest",
    "follow_refund",
    "fraction_left",
    "gateway_config",
    "hold_invoice",
    "invoice",
    "invoice_change",
    "invoice_detail",
    "invoice_for_order",
    "invoice_of_order",
    "invoice_of_token",
    "invoices",
    "invoices_asking",
    "invoices_of_orders",
    "is_moved",
    "issuer",
    "issuer_of_invoice",
    "issuers",
    "last_paid_at",
    "levied_from",
    "misfits",
    "money_rules",
    "notice",
    "offered_methods",
    "offered_words",
    "on_billing_day",
    "open_invoice",
    "open_invoices",
    "open_invoices_after",
    "open_invoices_of",
    "orders_being_paid",
    "owed_rows",
    "owed_since",
    "paid_after",
    "payment",
    "payment_by_hand",
    "payment_of_reference",
    "payments_between",
    "payments_by_hand",
    "percentage_discount",
    "period_containing",
    "personal",
    "pix_code_of",
    "preview_for",
    "preview_taxes",
    "price_of",
    "prorated",
    "read_accounts",
    "read_debit",
    "record_unclaimed",
    "records",
    "refundable",
    "refunds_between",
    "remaining_of",
    "request_charge",
    "spread",
    "standing_of",
    "step_of",
    "summaries_by_id",
    "take_back_bank_move",
    "take_back_days",
    "take_back_lines",
    "take_over",
    "take_over_credit",
    "unearned",
    "void_invoice",
    "wallet_balance",
    "wallets",
    "withdraw_charge",
    "zone",
]

personal = PersonalRecords(
    Invoice,
    InvoiceLine,
    Charge,
    Payment,
    Contest,
    CreditNote,
    CreditNoteLine,
    Refund,
    Wallet,
    WalletUse,
    CustomerIssuer,
    Attribution,
    LateCharge,
    Deferral,
    Paper,
    Notice,
)
