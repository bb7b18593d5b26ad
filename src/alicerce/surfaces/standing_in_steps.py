"""What every way into another person's place has in common: who may, what is shown, how it begins."""

from uuid import UUID

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.customers import public as customers
from alicerce.apps.identity import public as identity
from alicerce.apps.identity.types import Area, Errand, Person
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.sensitive import Foreseen
from alicerce.surfaces.standing_in_forms import AREAS

ACTION = "impersonation.approved"


def may(request: Request, tenant_id: UUID, subject_id: UUID, area: Area) -> bool:
    """Both sides of it: who asks may, and the other is somebody who may be stood in for."""
    in_workspace = area is Area.WORKSPACE
    with acting(tenant_id=tenant_id), transaction():
        return (
            actor(request) != subject_id
            and tenancy.may_stand_in(actor(request), in_workspace=in_workspace)
            and tenancy.may_be_stood_in_for(subject_id, in_workspace=in_workspace)
            and (in_workspace or bool(customers.customers_of_user(subject_id)))
        )


def must_ask(request: Request, tenant_id: UUID, area: Area) -> bool:
    """Whether the company wants to say yes each time."""
    with acting(tenant_id=tenant_id), transaction():
        return tenancy.asks_consent(actor(request), in_workspace=area is Area.WORKSPACE)


def foreseen(tenant_id: UUID, subject: Person, errand: Errand, back: str) -> Foreseen:
    with acting(tenant_id=tenant_id), transaction():
        company = tenancy.tenant_card().name
    return Foreseen(
        title=_("Ver no lugar de %(name)s") % {"name": subject.name or subject.email},
        facts=[
            (_("Empresa"), company),
            (_("Páginas"), str(dict(AREAS)[errand.area])),
            (_("Motivo"), errand.reason),
            (_("Chamado"), errand.ticket or "–"),
            (_("Pode alterar"), _("Sim") if errand.may_write else _("Não, só ver")),
            (_("Termina"), _("em 30 minutos, ou quando você sair")),
        ],
        button=_("Começar"),
        entity="person",
        entity_id=subject.id,
        back=back,
    )


def enter(
    request: Request, begun: UUID, tenant_id: UUID, area: Area, back: str
) -> HttpResponseRedirect:
    request.session[identity.SEEN] = {"id": str(begun), "tenant": str(tenant_id), "back": back}
    return HttpResponseRedirect(
        reverse("client:home" if area is Area.CLIENT else "workspace:home")
    )


def actor(request: Request) -> UUID:
    assert request.user.is_authenticated
    return UUID(str(request.user.pk))
