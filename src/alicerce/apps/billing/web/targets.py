"""What a correction is of: found, or a page that is not there when there is nothing to correct."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from alicerce.apps.billing.errors import NoSuchAttribution, NoSuchInvoice, NoSuchPayment
from alicerce.apps.billing.queries.credited_taxes import left_of
from alicerce.apps.billing.queries.dossiers import refundable
from alicerce.apps.billing.queries.invoices import invoice_detail
from alicerce.apps.billing.queries.payments import find_payment, wallet_balance
from alicerce.apps.billing.queries.suspense import attribution, unclaimed_of
from alicerce.apps.billing.types import MANUAL, InvoiceStatus
from alicerce.apps.billing.web.components import invoice_name
from alicerce.apps.billing.web.invoice_page import today
from alicerce.apps.billing.web.money_forms import Target
from alicerce.apps.billing.web.money_words import METHODS
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.errors import NoSuchCustomer
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.money import Money


def _invoice(invoice_id: UUID, most: str) -> Target:
    try:
        detail = invoice_detail(invoice_id)
    except NoSuchInvoice:
        raise Http404 from None
    found: Money = getattr(detail.summary, most)
    if not found.cents:
        raise Http404
    return Target(
        id=invoice_id,
        name=invoice_name(detail.summary),
        most=found,
        back=reverse("workspace:invoice", args=[invoice_id]),
        today=today(),
        zone=tenancy.tenant_card().time_zone,
        lines=detail.lines,
    )


def asked(invoice_id: UUID) -> Target:
    return _invoice(invoice_id, "remaining")


def open_one(invoice_id: UUID) -> Target:
    target = asked(invoice_id)
    if invoice_detail(invoice_id).summary.status != InvoiceStatus.OPEN:
        raise Http404
    return target


def creditable(invoice_id: UUID) -> Target:
    """Its lines with their taxes: that is how much of each can be credited."""
    target = _invoice(invoice_id, "creditable")
    left = left_of(invoice_id)
    lines = [
        replace(line, total=Money(left.get(line.position, 0), line.total.currency))
        for line in target.lines
    ]
    return replace(target, lines=tuple(lines))


def payment(payment_id: UUID) -> Target:
    try:
        found, left = refundable(payment_id)
    except NoSuchPayment:
        raise Http404 from None
    if not left.cents:
        raise Http404
    back = (
        reverse("workspace:invoice", args=[found.invoice_id])
        if found.invoice_id
        else reverse("workspace:invoices")
    )
    return Target(
        id=payment_id,
        name=f"{METHODS[found.method]} · {found.reference}",
        most=left,
        back=back,
        today=today(),
        zone=tenancy.tenant_card().time_zone,
        is_by_hand=found.provider == MANUAL,
    )


def unclaimed(payment_id: UUID) -> Target:
    try:
        found = find_payment(payment_id)
    except NoSuchPayment:
        raise Http404 from None
    left = unclaimed_of([payment_id]).get(payment_id, 0)
    if not left:
        raise Http404
    name = f"{METHODS[found.method]} · {found.reference}"
    return _suspended(payment_id, name, Money(left, found.amount.currency))


def attributed(attribution_id: UUID) -> Target:
    try:
        found = attribution(attribution_id)
    except NoSuchAttribution:
        raise Http404 from None
    if found.undone_at:
        raise Http404
    name = f"{METHODS[found.payment.method]} · {found.payment.reference}"
    return _suspended(attribution_id, name, found.amount)


def _suspended(thing_id: UUID, name: str, most: Money) -> Target:
    return Target(
        id=thing_id,
        name=name,
        most=most,
        back=reverse("workspace:suspense"),
        today=today(),
        zone=tenancy.tenant_card().time_zone,
    )


def customer(customer_id: UUID) -> Target:
    try:
        found = customers.customer_detail(customer_id).profile
    except NoSuchCustomer:
        raise Http404 from None
    held = [one for one in wallet_balance(customer_id) if one.currency == "BRL"]
    return Target(
        id=customer_id,
        name=found.name,
        most=held[0] if held else Money(0),
        back=reverse("workspace:customer_statement", args=[customer_id]),
        today=today(),
        zone=tenancy.tenant_card().time_zone,
    )
