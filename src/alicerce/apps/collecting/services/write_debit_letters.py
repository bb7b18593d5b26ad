"""The letters about Pix Automático: asked, reminded, refused, late, authorised, ended, tried again, given up."""

from datetime import datetime
from uuid import UUID

from django.utils import translation

from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.collecting.models import Debit, Mandate
from alicerce.apps.collecting.queries.debit_words import limit_sentence, why_sentence
from alicerce.apps.collecting.rules.banks import bank_name
from alicerce.apps.collecting.rules.debiting import BRASILIA
from alicerce.apps.collecting.types import MandateStatus
from alicerce.apps.customers import public as customers
from alicerce.apps.notify import public as notify
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.ui.formats import day, moment_in


@transaction(shared=True)
def tell_approval(*, mandate: Mandate, at: datetime) -> None:
    customer = customers.customer(mandate.customer_id)
    with translation.override(customer.locale):
        limit = limit_sentence(mandate.view())
    _send(
        "mandate_approved",
        mandate.customer_id,
        f"mandate-approved:{mandate.id.hex}",
        {"limit": limit},
        at=at,
    )


@transaction(shared=True)
def tell_request(*, mandate: Mandate, at: datetime) -> None:
    """Where to look, and until when: a bank may show it without a word."""
    _of_request("requested", mandate, at=at)


@transaction(shared=True)
def tell_reminder(*, mandate: Mandate, at: datetime) -> None:
    _of_request("reminder", mandate, at=at)


@transaction(shared=True)
def tell_no_answer(*, mandate: Mandate, at: datetime) -> None:
    """Refused at the bank, or never answered: what pays their invoices is as it was."""
    is_refused = mandate.status == MandateStatus.REJECTED
    _of_request("refused" if is_refused else "expired", mandate, at=at)


def _of_request(what: str, mandate: Mandate, *, at: datetime) -> None:
    """Once for each request."""
    customer, base = customers.customer(mandate.customer_id), tenancy.tenant_card().base_url
    assert mandate.answer_until is not None
    with translation.override(customer.locale):
        values = {
            "limit": limit_sentence(mandate.view()),
            "bank": bank_name(mandate.bank),
            "until": moment_in(BRASILIA, mandate.answer_until),
            "link_request": f"{base}/area-do-cliente/pix-automatico/{mandate.id}/",
        }
    key = f"mandate-{what}:{mandate.id.hex}"
    _send(f"mandate_{what}", mandate.customer_id, key, values, at=at)


@transaction(shared=True)
def tell_end(*, mandate: Mandate, at: datetime) -> None:
    """Whoever ended it: what pays the next invoice is for its customer to know."""
    key = f"mandate-ended:{mandate.id.hex}"
    _send("mandate_ended", mandate.customer_id, key, {}, at=at)


@transaction(shared=True)
def tell_retry(*, debit: Debit, invoice: InvoiceSummary, at: datetime) -> None:
    """Once for each day that is tried."""
    _tell("debit_retry", debit, invoice, f"debit-retry:{debit.id.hex}:{debit.try_on}", at=at)


@transaction(shared=True)
def tell_failed_debit(*, debit: Debit, invoice: InvoiceSummary, at: datetime) -> None:
    _tell("debit_failed", debit, invoice, f"debit-failed:{debit.id.hex}", at=at)


def _tell(
    template: str, debit: Debit, invoice: InvoiceSummary, key: str, *, at: datetime
) -> None:
    customer, base = customers.customer(debit.customer_id), tenancy.tenant_card().base_url
    with translation.override(customer.locale):
        values = {
            "number": invoice.code,
            "total": str(invoice.remaining),
            "why": why_sentence(debit.reason),
            "next_day": day(debit.try_on),
            "due_on": day(invoice.due_on),
            "link_invoice": f"{base}/fatura/{invoice.token}/",
        }
    _send(template, debit.customer_id, key, values, at=at)


def _send(
    template: str, customer_id: UUID, key: str, values: dict[str, str], *, at: datetime
) -> None:
    customer, tenant = customers.customer(customer_id), tenancy.tenant_card()
    notify.send(
        template=template,
        to=customer.email,
        key=key,
        values={
            "name": customer.name,
            "company": tenant.name,
            "link_methods": f"{tenant.base_url}/area-do-cliente/cartoes/",
            **values,
        },
        at=at,
        locale=customer.locale,
    )
