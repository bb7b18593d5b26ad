"""A sandbox that sells without a provider: simulated ones take their place."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.developers.errors import NoStandIns
from alicerce.apps.developers.ports import StandIns, stand_ins
from alicerce.apps.hosting import public as hosting
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.errors import NotASandbox
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.db import transaction

CARD = "Cartão simulado"


def offered_stand_ins() -> StandIns | None:
    """Those that run beside this installation."""
    return next((found for ask in stand_ins.values() if (found := ask())), None)


@transaction()
def use_stand_ins(*, at: datetime) -> bool:
    """Have the current sandbox be paid and served by simulated providers. False when it was.

    Raises NotASandbox and NoStandIns.
    """
    here = current_tenant_id()
    if not tenancy.is_sandbox(here):
        raise NotASandbox
    offered = offered_stand_ins()
    if offered is None:
        raise NoStandIns
    added = [_take_cards(offered, at), *_take_servers(offered, at)]
    if not any(added):
        return False
    _record(here, at)
    return True


def _take_cards(offered: StandIns, at: datetime) -> bool:
    if any(one.kind == GatewayKind.STRIPE for one in billing.accounts()):
        return False
    billing.connect_gateway(
        kind=GatewayKind.STRIPE,
        name=CARD,
        livemode=False,
        base_url=offered.stripe_url,
        credentials=offered.stripe_credentials,
        settings={},
        at=at,
    )
    return True


def _take_servers(offered: StandIns, at: datetime) -> list[bool]:
    known = {name for _id, name in hosting.server_choices()}
    new = [form for form in offered.servers if form.name not in known]
    return [bool(hosting.register_server(form=form, at=at)) for form in new]


def _record(sandbox_id: UUID, at: datetime) -> None:
    audit.record(
        action="sandbox.providers_simulated", entity="tenant", entity_id=sandbox_id, at=at
    )
