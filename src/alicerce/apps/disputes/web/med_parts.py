"""What can be done about a MED that is undecided."""

from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.types import PaymentView
from alicerce.apps.disputes.types import DisputeStatus, DisputeView, NewMed
from alicerce.apps.disputes.web.forms import ReturnForm
from alicerce.apps.disputes.web.words import REASONS
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content, Words
from alicerce.ui.formats import moment_in
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Row
from alicerce.ui.texts import Text


def med_actions(view: DisputeView) -> list[Content]:
    if not view.is_undecided:
        return [Card([Text(_("Este MED está decidido."))])]
    buttons: list[Content] = []
    if view.status != DisputeStatus.UNDER_REVIEW:
        sent = reverse("workspace:med_defence", args=[view.id])
        label = _("Já enviei a defesa")
        buttons.append(PostButton(Button(label, "send", "primary"), sent))
    rejected = reverse("workspace:med_reject", args=[view.id])
    returned = reverse("workspace:med_return", args=[view.id])
    buttons += [
        PostButton(Button(_("Rejeitado: o valor é nosso"), "check"), rejected),
        LinkButton(_("Foi devolvido"), returned),
    ]
    told = _("Defenda-se no portal do seu banco ou PSP, e conte aqui como terminou.")
    return [Card([Text(told), Row(buttons)], title=_("O que fazer"))]


def record_facts(
    paid: PaymentView, told: NewMed, *, zone: ZoneInfo
) -> list[tuple[Words, Words]]:
    """What is written down, and what that moves in the books."""
    moves = (
        _("O valor sai do saldo até a disputa terminar.")
        if told.is_blocked
        else _("O saldo não muda.")
    )
    return [
        (_("Pix"), f"{paid.amount} · {paid.reference}"),
        (_("Número no seu banco ou PSP"), told.reference),
        (_("Valor contestado"), str(Money(told.cents, paid.amount.currency))),
        (_("Motivo"), REASONS[told.reason]),
        (_("Avisado em"), moment_in(zone, told.notified_at)),
        (_("Responder até"), moment_in(zone, told.respond_by)),
        (_("Nos livros"), moves),
    ]


def return_card(view: DisputeView, form: ReturnForm) -> Card:
    actions: list[Content] = [
        Button(_("Registrar devolução"), variant="primary"),
        LinkButton(
            _("Cancelar"), reverse("workspace:dispute", args=[view.id]), variant="ghost"
        ),
    ]
    return Card([Form("", form_fields(form), actions, FormErrors(form) if form.errors else "")])
