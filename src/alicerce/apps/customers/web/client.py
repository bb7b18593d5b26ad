"""People in the client area: whoever owns a customer's account says who else may see what."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.customers.permissions import CLIENT_PEOPLE
from alicerce.apps.customers.queries.access import open_invitations, people_of
from alicerce.apps.customers.queries.customers import customer
from alicerce.apps.customers.services import give_access
from alicerce.apps.customers.types import ClientAccess, CustomerRole
from alicerce.apps.customers.web import people_components
from alicerce.apps.customers.web.forms import InviteFields
from alicerce.apps.identity import public as identity
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button
from alicerce.ui.component import Content, Words
from alicerce.ui.forms import Form, form_field
from alicerce.ui.layout import Card, Fold, Section
from alicerce.ui.page import Page, render_page


@requires(CLIENT_PEOPLE)
@require_safe
def people(request: Request) -> HttpResponse:
    sections: list[Content] = [_section(customer_id) for customer_id in _owned(request)]
    lead = _("Quem vê as faturas e os serviços, e quem só vê uma parte.")
    return render_page(request, Page(_("Pessoas"), "client", sections, lead=lead))


def _section(customer_id: UUID) -> Section:
    people = people_of(customer_id)
    body: list[Content] = [
        people_components.people_table(
            customer_id,
            people,
            name_of=_name_of,
            may_edit=len(people) > 1,
            roles=tuple(CustomerRole) if len(people) > 1 else (),
            surface="client",
        )
    ]
    if waiting := open_invitations(customer_id, at=now()):
        body.append(
            people_components.invitations_table(
                customer_id, waiting, may_edit=True, surface="client"
            )
        )
    return Section(customer(customer_id).name, [*body, _invite_form(customer_id)])


def _invite_form(customer_id: UUID) -> Card:
    fields = [form_field(bound, span=3) for bound in InviteFields(auto_id=f"{customer_id}_%s")]
    form = Form(
        reverse("client:customer_invite", args=[customer_id]),
        fields,
        [Button(_("Enviar convite"), icon="send")],
    )
    return Card([Fold(_("Convidar pessoa"), [form], icon="user-plus")])


def _name_of(actor: str) -> Words:
    person = identity.person(UUID(actor.partition(":")[2]))
    return (person.name or person.email) if person else _("Pessoa desconhecida")


@requires(CLIENT_PEOPLE)
@require_POST
def invite(request: Request, customer_id: UUID) -> HttpResponse:
    form = InviteFields(request.POST)
    if not form.is_valid():
        _find(request, customer_id)
        messages.error(request, _("Confira o e-mail e o papel."))
        return HttpResponseRedirect(reverse("client:people"))

    def send() -> None:
        give_access.invite_person(
            customer_id=customer_id,
            email=form.cleaned_data["email"],
            role=form.typed_role(),
            at=now(),
        )
        messages.success(request, _("Convite enviado. O link vale por 72 horas."))

    return _act(request, customer_id, send)


@requires(CLIENT_PEOPLE)
@require_POST
def revoke(request: Request, customer_id: UUID) -> HttpResponse:
    def cancel() -> None:
        give_access.revoke_invitation(
            customer_id=customer_id, invitation_id=_said(request), at=now()
        )

    return _act(request, customer_id, cancel)


@requires(CLIENT_PEOPLE)
@require_POST
def remove(request: Request, customer_id: UUID) -> HttpResponse:
    def take_away() -> None:
        give_access.remove_person(customer_id=customer_id, link_id=_said(request), at=now())

    return _act(request, customer_id, take_away)


@requires(CLIENT_PEOPLE)
@require_POST
def change_role(request: Request, customer_id: UUID) -> HttpResponse:
    link_id, wanted = _said(request), request.POST.get("role", "")
    if wanted not in set(CustomerRole):
        raise Http404

    def change() -> None:
        changed = give_access.change_role(
            customer_id=customer_id, link_id=link_id, role=CustomerRole(wanted), at=now()
        )
        if changed:
            messages.success(request, _("O papel mudou, e já vale."))

    return _act(request, customer_id, change)


def _act(request: Request, customer_id: UUID, act: Callable[[], None]) -> HttpResponse:
    _find(request, customer_id)
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("client:people"))


def _find(request: Request, customer_id: UUID) -> None:
    """Somebody else's customer is as absent as one that never was."""
    if customer_id not in _owned(request):
        raise Http404


def _owned(request: Request) -> tuple[UUID, ...]:
    access: ClientAccess = request.client  # type: ignore[attr-defined]
    return access.having(CLIENT_PEOPLE)


def _said(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        raise Http404 from None


urlpatterns = [
    path("pessoas/", people, name="people"),
    path("pessoas/<uuid:customer_id>/convidar/", invite, name="customer_invite"),
    path(
        "pessoas/<uuid:customer_id>/convites/cancelar/",
        revoke,
        name="customer_invitation_revoke",
    ),
    path("pessoas/<uuid:customer_id>/papel/", change_role, name="customer_person_role"),
    path("pessoas/<uuid:customer_id>/remover/", remove, name="customer_person_remove"),
]
