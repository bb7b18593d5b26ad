"""The PSP behind an account, and what an authorisation looks like to it."""

from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.collecting.models import Mandate
from alicerce.apps.collecting.ports import Authorizer, MandateOrder, authorizers
from alicerce.apps.collecting.types import Journey
from alicerce.apps.customers import public as customers
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction


@transaction(shared=True)
def open_authorizer(*, account_id: UUID) -> Authorizer:
    """Reached as the current tenant."""
    return authorizers[GatewayKind.PIX](billing.gateway_config(account_id))


def order_of(*, mandate: Mandate) -> MandateOrder:
    """Its payer reads in their bank's program which company it is about."""
    customer = customers.customer(mandate.customer_id)
    with translation.override(customer.locale):
        about = _("Faturas de %(company)s") % {"company": tenancy.tenant_card().name}
    txid = billing.charge(mandate.charge_id).external_id if mandate.charge_id else ""
    return MandateOrder(
        name=mandate.external_id,
        contract=mandate.contract,
        location=mandate.location,
        first_txid=txid if mandate.journey == Journey.PAYING else "",
        code_txid=txid,
        object=about,
        customer=customer,
        starts_on=mandate.starts_on,
        fixed=mandate.fixed,
        floor=mandate.floor,
        asked_at=mandate.asked_at,
        is_in_app=mandate.journey == Journey.IN_APP,
        bank=mandate.payer_bank,
    )
