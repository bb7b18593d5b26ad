"""Who may see a company's pages in another person's place."""

from uuid import UUID

from alicerce.apps.tenancy.models import Tenant
from alicerce.apps.tenancy.permissions import COMPANY_WRITE, OPERATE
from alicerce.apps.tenancy.queries.access import access_of, standings_of
from alicerce.apps.tenancy.queries.team import members
from alicerce.kernel.context import current_tenant_id

IMPERSONATE = "people:impersonate"


def may_stand_in(actor_id: UUID, *, in_workspace: bool) -> bool:
    """Now, in the current tenant: its own staff for customers, operators where it lets them in."""
    access = access_of(user_id=actor_id, tenant_id=current_tenant_id())
    if IMPERSONATE not in access.permissions:
        return False
    tenant = Tenant.objects.get(pk=current_tenant_id())
    own = access.standing
    if own and not own.is_root and IMPERSONATE in own.permissions and not in_workspace:
        return bool(own.is_open)
    operates = OPERATE in access.permissions
    return operates and tenant.lets_operators_in and not tenant.is_root


def asks_consent(actor_id: UUID, *, in_workspace: bool) -> bool:
    """Whether this person, in the current tenant, comes as an operator and has to ask first.

    Who also works there comes as its own staff to customers only: members are seen by operators.
    """
    access = access_of(user_id=actor_id, tenant_id=current_tenant_id())
    own = access.standing
    if own and IMPERSONATE in own.permissions and not in_workspace:
        return False
    return bool(
        Tenant.objects.values_list("operators_ask", flat=True).get(pk=current_tenant_id())
    )


def answerers() -> list[UUID]:
    """Who says yes or no for the current tenant: those who may change what it says of itself."""
    return [one.user_id for one in members() if COMPANY_WRITE in one.role.permissions]


def may_be_stood_in_for(subject_id: UUID, *, in_workspace: bool) -> bool:
    """Members are seen in their workspace, and never in the client area; operators nowhere."""
    standings = standings_of(subject_id)
    if any(one.is_root for one in standings):
        return False
    works_here = any(one.tenant_id == current_tenant_id() for one in standings)
    return works_here is in_workspace
