"""Charges, and the ways to pay."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.errors import NoSuchCharge
from alicerce.apps.billing.models import Charge, GatewayAccount
from alicerce.apps.billing.rules.charging import GRACE, KIND_OF
from alicerce.apps.billing.types import ChargeView, PaymentMethod
from alicerce.kernel.db import as_operator


def charge(charge_id: UUID) -> ChargeView:
    """Raises NoSuchCharge."""
    found = Charge.objects.filter(pk=charge_id).first()
    if found is None:
        raise NoSuchCharge
    return found.view()


def charges_of(invoice_id: UUID) -> list[ChargeView]:
    """Every attempt to collect an invoice, the latest first."""
    return [row.view() for row in Charge.objects.filter(invoice_id=invoice_id).order_by("-id")]


def pix_code_of(invoice_id: UUID, *, at: datetime) -> str:
    """The code with which it can be paid right now; empty while nobody asked for one."""
    live = Charge.objects.live().filter(
        invoice_id=invoice_id, method=PaymentMethod.PIX, expires_at__gt=at
    )
    live = live.shown()
    return live.values_list("pix_code", flat=True).first() or ""


def orders_being_paid(order_ids: Collection[UUID]) -> set[UUID]:
    """Those of these orders that somebody can pay right now, with what they were shown."""
    live = Charge.objects.live().filter(invoice__order_id__in=order_ids)
    return {
        order_id for order_id in live.values_list("invoice__order_id", flat=True) if order_id
    }


def offered_methods() -> tuple[PaymentMethod, ...]:
    """How the tenant can be paid today."""
    latest = {
        account.kind: account for account in GatewayAccount.objects.enabled().order_by("id")
    }
    return tuple(
        method
        for method, kind in KIND_OF.items()
        if kind in latest and latest[kind].offers(method)
    )


def tenants_with_lapsed_charges(at: datetime) -> list[UUID]:
    """Whose charges are past their time. Call it outside of any tenant."""
    with as_operator():
        lapsed = Charge.objects.lapsed(at - GRACE).order_by("tenant_id")
        return list(lapsed.values_list("tenant_id", flat=True).distinct())
