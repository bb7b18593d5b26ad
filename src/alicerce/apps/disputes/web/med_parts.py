"""What can be done about a MED that is undecided."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.disputes.types import DisputeStatus, DisputeView
from alicerce.apps.disputes.web.forms import ReturnForm
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
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


def return_card(view: DisputeView, form: ReturnForm) -> Card:
    actions: list[Content] = [
        Button(_("Registrar devolução"), variant="primary"),
        LinkButton(
            _("Cancelar"), reverse("workspace:dispute", args=[view.id]), variant="ghost"
        ),
    ]
    return Card([Form("", form_fields(form), actions, FormErrors(form) if form.errors else "")])
