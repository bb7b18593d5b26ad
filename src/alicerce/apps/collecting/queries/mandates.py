"""Authorisations, and the invoices that banks debit by them."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from alicerce.apps.billing import public as billing
from alicerce.apps.collecting.errors import NoSuchMandate
from alicerce.apps.collecting.models import Debit, Mandate
from alicerce.apps.collecting.rules.debiting import look_at
from alicerce.apps.collecting.types import DebitView, Journey, MandateView
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.errors import NoSuchCustomer
from alicerce.apps.customers.types import CustomerCard
from alicerce.kernel.db import as_operator

FEW = 20


def mandate(mandate_id: UUID) -> MandateView:
    """Raises NoSuchMandate."""
    found = Mandate.objects.filter(pk=mandate_id).first()
    if found is None:
        raise NoSuchMandate
    view: MandateView = found.view()
    return view


def mandates_of(customer_id: UUID) -> list[MandateView]:
    """The newest first; a code that nobody agreed by is told while it is new only."""
    rows = Mandate.objects.filter(customer_id=customer_id).order_by("-id")
    views = [row.view() for row in rows[:FEW]]
    return [each for each in views if each.approved_at or each.is_pending or each.is_in_app]


def mandate_for(invoice_id: UUID) -> MandateView | None:
    """The one that its payer was asked for beside it last."""
    row = Mandate.objects.filter(invoice_id=invoice_id).order_by("-id").first()
    return row.view() if row else None


def has_mandate(customer_id: UUID) -> bool:
    return bool(Mandate.objects.approved().filter(customer_id=customer_id).exists())


def payer(customer_id: UUID) -> CustomerCard:
    """Raises NoSuchCustomer."""
    try:
        return customers.customer(customer_id)
    except ObjectDoesNotExist:
        raise NoSuchCustomer from None


def may_ask_bank(customer_id: UUID) -> bool:
    """Not while one is shown: it is answered, cancelled or late first."""
    shown = Mandate.objects.pending().filter(customer_id=customer_id, journey=Journey.IN_APP)
    return is_offered(customer_id) and not shown.exists()


def debits_of(customer_id: UUID) -> list[DebitView]:
    rows = Debit.objects.filter(customer_id=customer_id).order_by("-id")
    return [row.view() for row in rows[:FEW]]


def is_debited(invoice_id: UUID) -> bool:
    """Whether a bank is to pay it by itself: nothing else is charged meanwhile."""
    return bool(Debit.objects.under_way().filter(invoice_id=invoice_id).exists())


def debited_until(invoice_id: UUID, *, at: datetime) -> datetime | None:
    """When to ask again whether its bank has paid it; None where none is to, or none ever said."""
    waiting = Debit.objects.under_way().filter(unanswered_at__isnull=True)
    row = waiting.filter(invoice_id=invoice_id).first()
    return look_at(row.try_on, at=at) if row else None


def tenants_with_debits(at: datetime) -> set[UUID]:
    """Who has a bank to ask, or an answer to look for. Call it outside of any tenant."""
    with as_operator():
        due = Debit.objects.filter(next_at__lte=at).order_by()
        waiting = Mandate.objects.filter(look_at__lte=at).order_by()
        found = set(due.values_list("tenant_id", flat=True).distinct())
        return found | set(waiting.values_list("tenant_id", flat=True).distinct())


def is_offered(customer_id: UUID) -> bool:
    return billing.automatic_account() is not None and not has_mandate(customer_id)
