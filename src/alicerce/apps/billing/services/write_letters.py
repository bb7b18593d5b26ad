"""Tell people about money: the customer that it is due and that it came, the operator that it does not fit."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.models import Invoice, Payment
from alicerce.apps.billing.queries.due_words import due_sentence
from alicerce.apps.billing.queries.issuers import issuer_in_letters
from alicerce.apps.billing.queries.self_payments import pays_itself
from alicerce.apps.billing.types import InvoiceStatus, Misfit
from alicerce.apps.customers import public as customers
from alicerce.apps.notify import public as notify
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction

REASONS: dict[Misfit, str | Promise] = {
    Misfit.NO_INVOICE: _("não se sabe de qual fatura é"),
    Misfit.NOT_OPEN: _("a fatura ainda não foi emitida"),
    Misfit.ALREADY_PAID: _("a fatura já estava paga"),
    Misfit.VOID: _("a fatura foi cancelada"),
    Misfit.CURRENCY: _("veio em outra moeda"),
    Misfit.AMOUNT: _("o valor é diferente do total da fatura"),
}


@transaction()
def announce_invoice(*, invoice_id: UUID, at: datetime) -> None:
    """Send a customer the invoice that came of itself, once. One that is settled already asks for nothing."""
    invoice = Invoice.objects.get(pk=invoice_id)
    if invoice.status != InvoiceStatus.OPEN:
        return
    customer, tenant = customers.customer(invoice.customer_id), tenancy.tenant_card()
    with translation.override(customer.locale):
        due_on = formats.date_format(invoice.due_on, "SHORT_DATE_FORMAT")
        told = pays_itself(invoice.summary(), at=at)
        terms = due_sentence(
            invoice.summary(), on=at.astimezone(ZoneInfo(tenant.time_zone)).date()
        )
    notify.send(
        template="invoice_issued",
        to=customer.email,
        key=f"invoice-issued:{invoice.id}",
        values={
            "name": customer.name,
            "number": invoice.code,
            "total": str(invoice.total),
            "due_on": due_on,
            "terms": terms,
            "issuer": issuer_in_letters(invoice.series),
            "pays_itself": told,
            "link_invoice": f"{tenant.base_url}/fatura/{invoice.token}/",
            "link_pdf": f"{tenant.base_url}/fatura/{invoice.token}/pdf/",
        },
        at=at,
        locale=customer.locale,
    )


@transaction()
def thank_customer(*, invoice_id: UUID, at: datetime) -> None:
    """Confirm a paid invoice, once."""
    invoice = Invoice.objects.get(pk=invoice_id)
    customer, tenant = customers.customer(invoice.customer_id), tenancy.tenant_card()
    notify.send(
        template="invoice_paid",
        to=customer.email,
        key=f"invoice-paid:{invoice.id}",
        values={
            "name": customer.name,
            "number": invoice.code,
            "total": str(invoice.total),
            "issuer": issuer_in_letters(invoice.series),
            "link_invoice": f"{tenant.base_url}/fatura/{invoice.token}/",
        },
        at=at,
        locale=customer.locale,
    )


@transaction()
def warn_operator(*, payment_id: UUID, at: datetime) -> None:
    """Report a payment that settled nothing, once."""
    payment, tenant = Payment.objects.get(pk=payment_id), tenancy.tenant_card()
    with translation.override(tenant.locale):
        reason = str(REASONS[Misfit(payment.reason)])
    notify.send(
        template="payment_misfit",
        to=tenant.alert_email or settings.ALERT_EMAIL,
        key=f"payment-misfit:{payment.id}",
        values={
            "amount": str(payment.amount),
            "provider": payment.provider,
            "reference": payment.reference,
            "reason": reason,
            "link_payment": f"{tenant.base_url}/admin/auditoria/?objeto={payment.id}",
        },
        at=at,
        locale=tenant.locale,
    )
