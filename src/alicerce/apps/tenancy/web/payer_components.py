"""What the pages about payment are made of."""

from collections.abc import Mapping, Sequence

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alicerce.apps.tenancy.types import AccountView, InvitationView, PaymentStatus
from alicerce.apps.tenancy.web.team_components import one_form
from alicerce.ui.buttons import Button, PostButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Fold
from alicerce.ui.panels import KeyValues, Note, Pair
from alicerce.ui.status import Status
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, TimeText

PAYMENT: Mapping[PaymentStatus, Status] = {
    PaymentStatus.PENDING: Status("", gettext_lazy("Nada pago ainda")),
    PaymentStatus.ACTIVE: Status("ok", gettext_lazy("Em dia")),
    PaymentStatus.PAST_DUE: Status("bad", gettext_lazy("Em atraso")),
}


def current_card(account: AccountView | None, form: BaseForm | None) -> Content:
    """The account that pays; with a form, it is the reader's own."""
    if account is None:
        return Note(
            "warn", _("Escolha uma conta de cobrança abaixo."), title=_("Ninguém paga ainda")
        )
    pairs = [
        Pair(_("Conta"), account.name),
        Pair(_("E-mail de cobrança"), account.billing_email),
        Pair(_("Situação"), state(account)),
    ]
    body: list[Content] = [KeyValues(pairs), *_reason(account)]
    if form:
        pairs.append(Pair(_("Paga por"), companies_words(len(account.pays_for))))
        url = reverse("workspace:payer_describe", args=[account.id])
        save = one_form(form, _("Salvar conta"), action=url)
        body.append(Fold(_("Mudar nome e e-mail"), [save], icon="pencil"))
    return Card(body, title=_("Quem paga hoje"))


def companies_words(count: int) -> str:
    said = ngettext("%(count)s empresa", "%(count)s empresas", count)
    return said % {"count": count}


def state(account: AccountView) -> Badge:
    if account.suspended_at:
        return Badge("bad", _("Suspensa"))
    return PAYMENT[account.payment_status].badge


def _reason(account: AccountView) -> list[Content]:
    return [Note("bad", account.suspension_reason)] if account.suspended_at else []


def platform_note() -> Note:
    return Note("", _("Esta é a empresa da plataforma: é a ela que as outras pagam."))


def only_owners() -> Note:
    return Note("", _("Quem é titular da empresa pode mudar quem paga por ela."))


def own_accounts_card(choose: BaseForm, new: BaseForm, *, has_others: bool) -> Card:
    opening = one_form(new, _("Abrir conta"), action=reverse("workspace:payer_account"))
    body: list[Content] = [Fold(_("Abrir outra conta em meu nome"), [opening], icon="plus")]
    if has_others:
        url = reverse("workspace:payer_take_over")
        body.insert(0, one_form(choose, _("Pagar com esta conta"), action=url))
    return Card(
        body,
        title=_("Outra conta sua"),
        lead=_("A mudança vale na hora e fica na trilha das duas partes."),
    )


def invite_card(form: BaseForm, waiting: Sequence[InvitationView]) -> Card:
    url = reverse("workspace:payer_invite")
    body: list[Content] = [one_form(form, _("Pedir que pague"), action=url)]
    if waiting:
        body.insert(0, _waiting_table(waiting))
    return Card(body, title=_("Conta de outra pessoa"))


def _waiting_table(waiting: Sequence[InvitationView]) -> Table:
    return Table(
        _("Pedidos em aberto"),
        [
            Column(_("E-mail"), "name"),
            Column(_("Enviado")),
            Column(_("Ações"), "actions"),
        ],
        [_waiting_row(one) for one in waiting],
    )


def _waiting_row(one: InvitationView) -> TableRow:
    url = reverse("workspace:payer_withdraw", args=[one.id])
    withdraw = PostButton(Button(_("Retirar"), size="sm", variant="ghost"), url)
    return TableRow([Cell(one.email), TimeText(one.sent_at, "relative"), withdraw])
