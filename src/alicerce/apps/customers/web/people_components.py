"""What the pages about a customer's people are made of."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.customers.types import CustomerRole, InvitationCard, PersonCard
from alicerce.apps.customers.web.components import NameOf, customer_url
from alicerce.apps.customers.web.words import ROLE
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton, PostButton
from alicerce.ui.layout import Row
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Text, TimeText


def people_table(
    customer_id: UUID,
    people: Sequence[PersonCard],
    *,
    name_of: NameOf,
    may_edit: bool,
    roles: Sequence[CustomerRole] = (),
    may_see_as: bool = False,
    surface: str = "workspace",
) -> Table:
    """Who may give a role gives only those in `roles`."""
    change = customer_url(customer_id, "customer_person_role", surface=surface)
    url = customer_url(customer_id, "customer_person_remove", surface=surface)
    return Table(
        _("Pessoas com acesso"),
        [
            Column(_("Pessoa"), "name"),
            Column(_("Papel")),
            Column(_("Desde")),
            *([Column(_("Ver como"), "actions")] if may_see_as else []),
            *([Column(_("Mudar papel"), "actions")] if roles else []),
            Column(_("Ações"), "actions"),
        ],
        [
            TableRow(
                [
                    Cell(name_of(f"user:{person.user_id}")),
                    ROLE[person.role],
                    TimeText(person.since, "date"),
                    *([_see_as(customer_id, person)] if may_see_as else []),
                    *([_other_roles(person, roles, change)] if roles else []),
                    _remove_person(person, url) if may_edit else "",
                ]
            )
            for person in people
        ],
        empty=Text(_("Ninguém acessa a área deste cliente ainda."), "muted"),
    )


def _other_roles(person: PersonCard, roles: Sequence[CustomerRole], url: str) -> Row:
    return Row(
        [
            PostButton(
                Button(_("Tornar %(role)s") % {"role": ROLE[role]}, size="sm", variant="ghost"),
                url,
                {"id": str(person.link_id), "role": role.value},
            )
            for role in roles
            if role != person.role
        ]
    )


def _see_as(customer_id: UUID, person: PersonCard) -> LinkButton:
    url = reverse("workspace:stand_in", args=[customer_id, person.user_id])
    return LinkButton(_("Ver como"), url, size="sm", icon="eye")


def _remove_person(person: PersonCard, url: str) -> ConfirmDialog:
    return ConfirmDialog(
        id=f"remover-{person.link_id}",
        button=Button(_("Remover"), size="sm", variant="danger"),
        title=_("Remover o acesso desta pessoa?"),
        body=[_("Ela deixa de ver a área deste cliente na hora.")],
        confirm=_("Remover acesso"),
        action=url,
        hidden={"id": str(person.link_id)},
    )


def invitations_table(
    customer_id: UUID,
    invitations: Sequence[InvitationCard],
    *,
    may_edit: bool,
    surface: str = "workspace",
) -> Table:
    url = customer_url(customer_id, "customer_invitation_revoke", surface=surface)
    cancel = Button(_("Cancelar convite"), size="sm", variant="ghost")
    return Table(
        _("Convites abertos"),
        [
            Column(_("E-mail"), "name"),
            Column(_("Papel")),
            Column(_("Vale até")),
            Column(_("Ações"), "actions"),
        ],
        [
            TableRow(
                [
                    Cell(invitation.email),
                    ROLE[invitation.role],
                    TimeText(invitation.expires_at),
                    PostButton(cancel, url, {"id": str(invitation.id)}) if may_edit else "",
                ]
            )
            for invitation in invitations
        ],
        empty=Text(_("Nenhum convite aberto."), "muted"),
    )
