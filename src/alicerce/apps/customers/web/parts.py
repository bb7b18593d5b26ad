"""The parts of a customer's page that are customers' own."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.customers import permissions
from alicerce.apps.customers.queries.access import open_invitations, people_of
from alicerce.apps.customers.queries.customers import addresses_of, contacts_of, notes_of
from alicerce.apps.customers.types import CustomerDetail
from alicerce.apps.customers.web import components, people_components
from alicerce.apps.customers.web.components import NameOf
from alicerce.apps.customers.web.forms import (
    AddressFields,
    ContactFields,
    NoteFields,
    invite_fields,
    roles_to_give,
)
from alicerce.kernel.access import Request
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, form_field, form_fields
from alicerce.ui.layout import Card, Columns, Fold, Section


def profile(request: Request, detail: CustomerDetail) -> list[Content]:
    may_edit = permissions.UPDATE in request.permissions
    main = [
        components.addresses_card(
            detail.id,
            addresses_of(detail.id),
            may_edit=may_edit,
            form=_address_form(detail) if may_edit else "",
        ),
        components.contacts_card(
            detail.id,
            contacts_of(detail.id),
            may_edit=may_edit,
            form=_contact_form(detail) if may_edit else "",
        ),
    ]
    side = [components.profile_card(detail), components.tax_card(detail)]
    return [Columns(main, side, side_label=_("Sobre o cliente"))]


def _address_form(detail: CustomerDetail) -> Fold:
    fields = [form_field(bound, span=3) for bound in AddressFields(auto_id="endereco_%s")]
    form = Form(_url("customer_address_add", detail), fields, [Button(_("Salvar endereço"))])
    return Fold(_("Novo endereço"), [form], icon="map-pin")


def _contact_form(detail: CustomerDetail) -> Fold:
    fields = [form_field(bound, span=3) for bound in ContactFields(auto_id="contato_%s")]
    form = Form(_url("customer_contact_add", detail), fields, [Button(_("Salvar contato"))])
    return Fold(_("Novo contato"), [form], icon="user-plus")


def people(request: Request, detail: CustomerDetail, *, name_of: NameOf) -> list[Content]:
    may_edit = permissions.UPDATE in request.permissions
    let_in, invited = people_of(detail.id), open_invitations(detail.id, at=now())
    acting = people_components.people_table(
        detail.id,
        let_in,
        name_of=name_of,
        may_edit=may_edit,
        roles=roles_to_give(request) if may_edit else (),
        may_see_as="people:impersonate" in request.permissions,
    )
    waiting = people_components.invitations_table(detail.id, invited, may_edit=may_edit)
    body: list[Content] = [
        Section(_("Pessoas com acesso"), [acting]),
        Section(_("Convites abertos"), [waiting]),
    ]
    if may_edit:
        fields = invite_fields(request)
        if not (let_in or invited):
            fields.initial = {"email": detail.profile.email}
        form = Form(
            _url("customer_invite", detail),
            [form_field(bound, span=3) for bound in fields],
            [Button(_("Enviar convite"), icon="send", variant="primary")],
        )
        body.append(Card([form], title=_("Convidar pessoa")))
    return body


def notes(request: Request, detail: CustomerDetail, *, name_of: NameOf) -> list[Content]:
    written = Card(
        [components.notes_timeline(notes_of(detail.id), name_of=name_of)],
        title=_("Anotações da equipe"),
    )
    if permissions.UPDATE not in request.permissions:
        return [written]
    form = Form(
        _url("customer_note_add", detail),
        form_fields(NoteFields()),
        [Button(_("Salvar anotação"), variant="primary")],
    )
    return [Card([form]), written]


def _url(name: str, detail: CustomerDetail) -> str:
    return reverse(f"workspace:{name}", args=[detail.id])
