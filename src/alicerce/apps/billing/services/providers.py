"""The provider behind an account, and what a charge looks like to it."""

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


@transaction(shared=True)
def open_gateway(*, account_id: UUID) -> Gateway:
    """The provider, reached as the current tenant."""
    account = GatewayAccount.objects.get(pk=account_id)
    return gateways[GatewayKind(account.kind)](config_of(account))


def order_of(*, charge: Charge, invoice: Invoice) -> ChargeOrder:
    """The same charge gives the same order: what providers compare must not vary."""
    payer = customers.customer(invoice.customer_id)
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
        begun_at=charge.begun_at,
        expires_at=charge.expires_at,
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
