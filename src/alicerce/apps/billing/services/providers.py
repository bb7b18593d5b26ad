"""The provider behind an account, and what a charge looks like to it."""

from datetime import timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from alicerce.apps.billing.models import Charge, GatewayAccount, Invoice
from alicerce.apps.billing.ports import ChargeOrder, Gateway, gateways
from alicerce.apps.billing.queries.gateways import config_of
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.customers import public as customers
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import rehearses


@transaction(shared=True)
def open_gateway(*, account_id: UUID) -> Gateway:
    """The provider, reached as the current tenant."""
    account = GatewayAccount.objects.get(pk=account_id)
    return gateways[GatewayKind(account.kind)](config_of(account))


def order_of(*, charge: Charge, invoice: Invoice) -> ChargeOrder:
    """The same charge gives the same order: what providers compare must not vary."""
    payer = customers.customer(invoice.customer_id)
    ahead = ahead_of_the_world(charge=charge)
    with translation.override(payer.locale):
        description = _("%(company)s · Fatura nº %(number)s") % {
            "company": tenancy.tenant_card().name,
            "number": invoice.code,
        }
    return ChargeOrder(
        charge_id=charge.id,
        tenant_id=charge.tenant_id,
        invoice_id=charge.invoice_id,
        attempt=charge.attempt,
        amount=charge.amount,
        external_id=charge.external_id,
        idempotency_key=charge.idempotency_key,
        begun_at=charge.begun_at - ahead,
        expires_at=charge.expires_at - ahead,
        return_url=charge.return_url,
        description=description,
        payer=payer,
        renewal=charge.renewal,
        card=charge.card,
        due=charge.due,
        debit=charge.debit,
        boleto_days=charge.boleto_days,
        address=customers.billing_address(invoice.customer_id) if charge.due else None,
    )


def ahead_of_the_world(*, charge: Charge) -> timedelta:
    """By how much the clock that a charge began by is before its provider's: only a rehearsal's can be.

    Of what was written down once, so that the same charge gives the same order.
    """
    return charge.begun_at - charge.created_at if rehearses(charge.tenant_id) else timedelta()
