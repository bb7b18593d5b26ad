"""Tell people about corrections: the customer what was credited or went back, the operator what did not."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from alicerce.apps.billing.models import CreditNote, Invoice, Refund
from alicerce.apps.billing.queries.issuers import issuer_in_letters
from alicerce.apps.billing.types.corrections import RefundStatus
from alicerce.apps.customers import public as customers
from alicerce.apps.notify import public as notify
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money


@transaction()
def confirm_credit_note(*, credit_note_id: UUID, at: datetime) -> None:
    """Send the customer what was taken back, once; of a refund the refund's own letter tells."""
    note = CreditNote.objects.get(pk=credit_note_id)
    if note.refunded_cents:
        return
    invoice = Invoice.objects.get(pk=note.invoice_id)
    customer, tenant = customers.customer(note.customer_id), tenancy.tenant_card()
    credit = Money(note.wallet_cents, note.currency)
    notify.send(
        template="credit_note",
        to=customer.email,
        key=f"credit-note:{note.id}",
        values={
            "name": customer.name,
            "note": note.code,
            "number": invoice.code,
            "amount": str(Money(note.total_cents, note.currency)),
            "credit": str(credit) if credit.cents else "",
            "reason": note.reason,
            "issuer": issuer_in_letters(invoice.series),
            "link_invoice": f"{tenant.base_url}/fatura/{invoice.token}/",
        },
        at=at,
        locale=customer.locale,
    )


@transaction()
def confirm_refund(*, refund_id: UUID, at: datetime) -> None:
    """Tell the customer that money went back, once."""
    refund = Refund.objects.get(pk=refund_id)
    if refund.customer_id is None:
        return
    customer = customers.customer(refund.customer_id)
    invoice = (
        Invoice.objects.filter(pk=refund.invoice_id).first() if refund.invoice_id else None
    )
    notify.send(
        template="refund_done",
        to=customer.email,
        key=f"refund-done:{refund.id}",
        values={
            "name": customer.name,
            "amount": str(refund.amount),
            "number": invoice.code if invoice else "",
        },
        at=at,
        locale=customer.locale,
    )


@transaction()
def report_refund(*, refund_id: UUID, at: datetime) -> None:
    """Tell the company that a refund was not made, once for each way that it ended."""
    refund, tenant = Refund.objects.get(pk=refund_id), tenancy.tenant_card()
    if refund.status != RefundStatus.FAILED:
        return
    path = f"/app/faturas/{refund.invoice_id}/" if refund.invoice_id else "/app/faturas/"
    notify.send(
        template="refund_failed",
        to=tenant.alert_email or settings.ALERT_EMAIL,
        key=f"refund-failed:{refund.id}",
        values={
            "amount": str(refund.amount),
            "reason": refund.error,
            "link_invoice": f"{tenant.base_url}{path}",
        },
        at=at,
        locale=tenant.locale,
    )
