"""What a company pays the platform, as programs read it: plain rows."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import NoSuchInvoice
from alicerce.apps.payers.errors import NoAccount, NotYourAccount
from alicerce.apps.payers.models import AccountCustomer
from alicerce.apps.payers.queries.bills import customer_of
from alicerce.apps.payers.queries.buying import answers_for, wares
from alicerce.apps.payers.queries.days import local_day
from alicerce.apps.payers.types import Offer, SaleView, Ware, plan_of
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import AccountView
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window


def account_record(company_id: UUID, *, at: datetime) -> Row:
    """Raises NoAccount."""
    account = _payer(company_id)
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        own = AccountCustomer.objects.filter(account_id=account.id)
        customer_id = own.values_list("customer_id", flat=True).first()
        owed = customer_id and billing.owed_since(customer_id, before=local_day(at))
    return {
        "object": "platform_account",
        "id": account.id,
        "name": account.name,
        "payment_status": account.payment_status,
        "suspended_at": account.suspended_at,
        "owed_since": owed,
    }


def product_records(company_id: UUID) -> Slice:
    """Raises NoAccount."""
    _payer(company_id)
    return Slice([_product(one) for one in wares(company_id)], None)


def answering(company_id: UUID, *, user_id: UUID) -> UUID:
    """The customer that pays for a company, for who acts for it. Raises NoAccount, NotYourAccount."""
    customer_id = customer_of(_payer(company_id).id)
    if customer_id is None or not answers_for(customer_id, user_id=user_id):
        raise NotYourAccount
    return customer_id


def invoice_rows(window: Window, *, customer_id: UUID, status: str | None) -> Slice:
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        found = billing.records.invoice_rows(window, customer_id=customer_id, status=status)
    return Slice([_invoice(row) for row in found.rows], found.next_cursor)


def invoice_record(invoice_id: UUID, *, customer_id: UUID) -> Row:
    """Somebody else's is as absent as one that never was. Raises NoSuchInvoice."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        found = billing.records.invoice_record(invoice_id)
    if found["customer_id"] != customer_id:
        raise NoSuchInvoice
    return _invoice(found) | {"lines": found["lines"]}


def payment_rows(window: Window, *, customer_id: UUID) -> Slice:
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        found = billing.records.payment_rows(window, customer_id=customer_id)
    return Slice([_payment(row) for row in found.rows], found.next_cursor)


def _payer(company_id: UUID) -> AccountView:
    account = tenancy.payer_of(company_id)
    if account is None:
        raise NoAccount
    return account


def _product(ware: Ware) -> Row:
    state = "offered"
    if ware.sale:
        state = "sold"
    elif ware.awaiting:
        state = "awaiting_payment"
    elif ware.is_had:
        state = "included"
    return {
        "object": "platform_product",
        "product": ware.product,
        "state": state,
        "sale": _sale(ware.sale) if ware.sale else None,
        "offers": [_offer(one) for one in ware.offers],
    }


def _sale(sale: SaleView) -> Row:
    card = sale.subscription
    return {
        "plan": plan_of(card.description),
        "cycle": card.cycle,
        "amount_cents": card.amount.cents,
        "currency": card.amount.currency,
        "paid_until": card.period.last_day if card.period else None,
        "ends_on": card.ends_on,
    }


def _offer(one: Offer) -> Row:
    return {
        "price_id": one.price_id,
        "plan": one.plan,
        "cycle": one.cycle,
        "amount_cents": one.amount.cents,
        "setup_cents": one.setup.cents if one.setup else 0,
        "currency": one.amount.currency,
        "trial_days": one.trial_days,
        "limits": dict(one.limits),
    }


INVOICE = (
    "id",
    "number",
    "status",
    "total_cents",
    "paid_cents",
    "remaining_cents",
    "currency",
    "due_on",
    "opened_at",
    "paid_at",
)


def _invoice(row: Row) -> Row:
    told = {name: row[name] for name in INVOICE}
    url = tenancy.platform_url() + row["page_path"]
    return {"object": "platform_invoice", **told, "url": url}


def _payment(row: Row) -> Row:
    return {"object": "platform_payment", "platform_invoice_id": row.pop("invoice_id"), **row}
