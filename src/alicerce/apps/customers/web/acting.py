"""The buttons of a customer's page: each posts, and leads back to the part it belongs to."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alicerce.apps.customers import permissions
from alicerce.apps.customers.errors import CustomerHasUnpaidOrders
from alicerce.apps.customers.queries.access import people_of
from alicerce.apps.customers.services import change_status, give_access, keep_details
from alicerce.apps.customers.web.components import customer_url
from alicerce.apps.customers.web.editing import find
from alicerce.apps.customers.web.forms import (
    AddressFields,
    ContactFields,
    NoteFields,
    invite_fields,
    roles_to_give,
)
from alicerce.kernel.access import Request, in_person, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.component import Words

CHANGES: dict[str, Callable[..., bool]] = {
    "block": change_status.block_customer,
    "unblock": change_status.unblock_customer,
    "close": change_status.close_customer,
    "reopen": change_status.reopen_customer,
}


@requires("workspace:enter")
@requires(permissions.UPDATE)
@require_POST
def status(request: Request, customer_id: UUID) -> HttpResponse:
    find(customer_id)
    change = CHANGES.get(request.POST.get("para", ""))
    if change is None:
        return _back(customer_id)
    try:
        change(customer_id=customer_id, at=now())
    except CustomerHasUnpaidOrders as refused:
        return _show_orders(request, customer_id, refused)
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(customer_id)


@requires("workspace:enter")
@requires(permissions.UPDATE)
@require_POST
def address_add(request: Request, customer_id: UUID) -> HttpResponse:
    form = AddressFields(request.POST)

    def add() -> None:
        keep_details.add_address(customer_id=customer_id, form=form.typed(), at=now())

    return _fill(request, customer_id, form, add)


@requires("workspace:enter")
@requires(permissions.UPDATE)
@require_POST
def address_remove(request: Request, customer_id: UUID) -> HttpResponse:
    return _drop(request, customer_id, "address_id", keep_details.remove_address)


@requires("workspace:enter")
@requires(permissions.UPDATE)
@require_POST
def contact_add(request: Request, customer_id: UUID) -> HttpResponse:
    form = ContactFields(request.POST)

    def add() -> None:
        keep_details.add_contact(customer_id=customer_id, form=form.typed(), at=now())

    return _fill(request, customer_id, form, add)


@requires("workspace:enter")
@requires(permissions.UPDATE)
@require_POST
def contact_remove(request: Request, customer_id: UUID) -> HttpResponse:
    return _drop(request, customer_id, "contact_id", keep_details.remove_contact)


@requires("workspace:enter")
@requires(permissions.UPDATE)
@require_POST
def note_add(request: Request, customer_id: UUID) -> HttpResponse:
    form = NoteFields(request.POST)

    def add() -> None:
        body = form.cleaned_data["body"]
        keep_details.add_note(customer_id=customer_id, body=body, at=now())

    return _fill(request, customer_id, form, add, part="customer_notes")


@requires("workspace:enter")
@requires(permissions.UPDATE)
@in_person
@require_POST
def invite(request: Request, customer_id: UUID) -> HttpResponse:
    form = invite_fields(request, request.POST)

    def send() -> None:
        give_access.invite_person(
            customer_id=customer_id,
            email=form.cleaned_data["email"],
            role=form.typed_role(),
            at=now(),
        )
        messages.success(request, _("Convite enviado. O link vale por 72 horas."))

    return _fill(request, customer_id, form, send, part="customer_people")


@requires("workspace:enter")
@requires(permissions.UPDATE)
@require_POST
def invitation_revoke(request: Request, customer_id: UUID) -> HttpResponse:
    revoke = give_access.revoke_invitation
    return _drop(request, customer_id, "invitation_id", revoke, part="customer_people")


@requires("workspace:enter")
@requires(permissions.UPDATE)
@in_person
@require_POST
def person_remove(request: Request, customer_id: UUID) -> HttpResponse:
    if not _is_theirs_to_take(request, customer_id):
        return _not_theirs(request, customer_id)
    remove = give_access.remove_person
    return _drop(request, customer_id, "link_id", remove, part="customer_people")


def _show_orders(
    request: Request, customer_id: UUID, refused: CustomerHasUnpaidOrders
) -> HttpResponse:
    """To where each can be opened and canceled, for who may see it."""
    messages.error(request, str(refused))
    may_see = "orders:read" in request.permissions
    return _back(customer_id, "customer_orders" if may_see else "customer")


@requires("workspace:enter")
@requires(permissions.UPDATE)
@in_person
@require_POST
def person_role(request: Request, customer_id: UUID) -> HttpResponse:
    """Nobody makes of another what opens more than they see themselves."""
    find(customer_id)
    role = next(
        (one for one in roles_to_give(request) if one == request.POST.get("role")), None
    )
    if role is None:
        messages.error(request, _("Escolha um papel que você pode dar."))
        return _back(customer_id, "customer_people")
    if not _is_theirs_to_take(request, customer_id):
        return _not_theirs(request, customer_id)
    change = partial(give_access.change_role, role=role)
    return _drop(request, customer_id, "link_id", change, part="customer_people")


def _is_theirs_to_take(request: Request, customer_id: UUID) -> bool:
    """Nobody takes from another what they could not give."""
    named, given = request.POST.get("id", ""), roles_to_give(request)
    return all(one.role in given for one in people_of(customer_id) if str(one.link_id) == named)


def _not_theirs(request: Request, customer_id: UUID) -> HttpResponse:
    messages.error(request, _("Só muda o papel desta pessoa quem também vê as faturas."))
    return _back(customer_id, "customer_people")


def _fill(
    request: Request,
    customer_id: UUID,
    form: Form,
    act: Callable[[], None],
    *,
    part: str = "customer",
) -> HttpResponse:
    """Say what is wrong with the form above the page; a field's own error comes with its name."""
    find(customer_id)
    if form.is_valid():
        return _do(request, customer_id, act, part=part)
    for name, errors in form.errors.items():
        label: Words = form.fields[name].label or name
        messages.error(request, f"{label}: {' '.join(map(str, errors))}")
    return _back(customer_id, part)


def _drop(
    request: Request,
    customer_id: UUID,
    name: str,
    drop: Callable[..., bool],
    *,
    part: str = "customer",
) -> HttpResponse:
    try:
        thing_id = UUID(request.POST.get("id", ""))
    except ValueError:
        thing_id = customer_id  # names nothing of the kind, so nothing goes
    given = {"customer_id": customer_id, name: thing_id, "at": now()}
    return _do(request, customer_id, lambda: drop(**given), part=part)


def _do(
    request: Request, customer_id: UUID, act: Callable[[], object], *, part: str = "customer"
) -> HttpResponse:
    find(customer_id)
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    return _back(customer_id, part)


def _back(customer_id: UUID, part: str = "customer") -> HttpResponse:
    return HttpResponseRedirect(customer_url(customer_id, part))


def _at(place: str) -> str:
    return f"clientes/<uuid:customer_id>/{place}/"


urlpatterns = [
    path(_at("situacao"), status, name="customer_status"),
    path(_at("enderecos"), address_add, name="customer_address_add"),
    path(_at("enderecos/remover"), address_remove, name="customer_address_remove"),
    path(_at("contatos"), contact_add, name="customer_contact_add"),
    path(_at("contatos/remover"), contact_remove, name="customer_contact_remove"),
    path(_at("anotacoes/nova"), note_add, name="customer_note_add"),
    path(_at("pessoas/convidar"), invite, name="customer_invite"),
    path(
        _at("pessoas/convites/cancelar"),
        invitation_revoke,
        name="customer_invitation_revoke",
    ),
    path(_at("pessoas/papel"), person_role, name="customer_person_role"),
    path(_at("pessoas/remover"), person_remove, name="customer_person_remove"),
]
