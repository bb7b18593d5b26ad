"""What the pages of the team are made of."""

from collections.abc import Sequence
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.tenancy.rules import MOST_LETTERS
from alicerce.apps.tenancy.types import InvitationView, Member, RoleKey
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton, PostButton
from alicerce.ui.component import Content, Words
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Row
from alicerce.ui.panels import EmptyState, KeyValues, Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Text, TimeText

_LEAVING = gettext_lazy(
    "Você deixa de ver tudo o que é dela. Sua conta e suas outras empresas continuam."
)


def one_form(
    form: BaseForm, button: Words, *, back: str = "", action: str = "", before: Content = ""
) -> Form:
    """A form with its fields in order, a button and a way back."""
    actions: list[Content] = [Button(button, variant="primary")]
    if back:
        actions.insert(0, LinkButton(_("Cancelar"), back, variant="ghost"))
    return Form(
        action=action,
        fields=[*([before] if before else []), *form_fields(form)],
        actions=actions,
        errors=FormErrors(form) if form.errors else "",
    )


def members_table(members: Sequence[Member], *, me: UUID) -> Table:
    return Table(
        _("Equipe"),
        [Column(_("Pessoa"), "name"), Column(_("Papel")), Column(_("Desde"))],
        [_member_row(member, me) for member in members],
    )


def _member_row(member: Member, me: UUID) -> TableRow:
    url = reverse("workspace:member", args=[member.user_id])
    name = member.name or member.email
    shown = _("%(name)s (você)") % {"name": name} if member.user_id == me else name
    return TableRow(
        [Cell(shown, url, member.email), member.role.name, TimeText(member.since, "date")]
    )


def invitations_table(invitations: Sequence[InvitationView], *, may_change: bool) -> Table:
    return Table(
        _("Convites em aberto"),
        [
            Column(_("E-mail"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Papel")),
            Column(_("Enviado")),
            Column(_("Reenviar"), "actions"),
            Column(_("Retirar"), "actions"),
        ],
        [_invitation_row(invitation, may_change) for invitation in invitations],
    )


def _invitation_row(invitation: InvitationView, may_change: bool) -> TableRow:  # noqa: FBT001
    state = (
        Badge("", _("Venceu"))
        if invitation.is_expired
        else Badge("warn", _("Aguarda resposta"))
    )
    return TableRow(
        [
            Cell(invitation.email),
            state,
            invitation.role or "–",
            TimeText(invitation.sent_at, "relative"),
            *(_invitation_actions(invitation) if may_change else ("", "")),
        ]
    )


def _invitation_actions(invitation: InvitationView) -> list[Content]:
    again = Button(_("Reenviar"), size="sm", disabled=invitation.letters >= MOST_LETTERS)
    names = "invitation_resend", "invitation_withdraw"
    resend, withdraw = (reverse(f"workspace:{name}", args=[invitation.id]) for name in names)
    return [
        PostButton(again, resend),
        PostButton(Button(_("Retirar"), size="sm", variant="ghost"), withdraw),
    ]


def member_card(member: Member) -> Card:
    role = reverse("workspace:role", args=[member.role.key])
    return Card(
        [
            KeyValues(
                [
                    Pair(_("E-mail"), member.email),
                    Pair(_("Papel"), Cell(member.role.name, role)),
                    Pair(_("Na equipe desde"), TimeText(member.since, "date")),
                ]
            )
        ],
        title=_("Sobre a pessoa"),
    )


def role_card(member: Member, form: BaseForm) -> Card:
    url = reverse("workspace:member_role", args=[member.user_id])
    return Card(
        [one_form(form, _("Mudar papel"), action=url)],
        title=_("Papel"),
        lead=_("Vale a partir da próxima página que a pessoa abrir."),
    )


def way_out_card(member: Member, *, is_me: bool, is_owner: bool, may: bool) -> Content:
    """Leaving, removing, or handing the company over, whichever is possible."""
    if is_me and member.role.key == RoleKey.OWNER:
        return _handing_over_card()
    if is_me:
        return Card([_leave_dialog()], title=_("Sair da equipe"))
    if may or (is_owner and member.role.key == RoleKey.OWNER):
        url = reverse("workspace:member_remove", args=[member.user_id])
        remove = LinkButton(_("Remover pessoa"), url, variant="danger")
        return Card([remove], title=_("Remover da equipe"))
    return ""


def leave_card(*, is_owner: bool) -> Card:
    if is_owner:
        return _handing_over_card()
    return Card(
        [
            Text(_LEAVING),
            Row(
                [
                    PostButton(
                        Button(_("Sair desta empresa"), variant="danger"),
                        reverse("workspace:leave"),
                    ),
                    LinkButton(_("Voltar"), reverse("workspace:home"), variant="ghost"),
                ]
            ),
        ]
    )


def _handing_over_card() -> Card:
    return Card(
        [LinkButton(_("Transferir titularidade"), reverse("workspace:transfer"))],
        title=_("Titularidade"),
        lead=_("Quem é titular só sai depois de passar a empresa a outra pessoa."),
    )


def _leave_dialog() -> ConfirmDialog:
    return ConfirmDialog(
        "sair-da-equipe",
        Button(_("Sair desta empresa"), variant="danger"),
        _("Sair desta empresa?"),
        [_LEAVING],
        _("Sair"),
        reverse("workspace:leave"),
    )


def transfer_card(form: BaseForm, *, has_others: bool) -> Content:
    if not has_others:
        invite = LinkButton(
            _("Convidar pessoa"), reverse("workspace:invite"), variant="primary"
        )
        return EmptyState(
            _("Não há a quem passar a empresa"),
            _("Convide alguém primeiro."),
            invite,
            icon="users",
        )
    lead = Text(
        _(
            "Você continua na equipe, com o papel de administração. Só a nova pessoa pode desfazer."
        )
    )
    return Card([lead, one_form(form, _("Transferir"), back=reverse("workspace:team"))])
