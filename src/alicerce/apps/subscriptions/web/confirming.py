"""The yes to a change: by whom, where it leads, and the kept card that pays with the same press."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from alicerce.apps.subscriptions.ports import CardAtHand, cards_at_hand, pay_at_once
from alicerce.apps.subscriptions.types.changes import ChangePreview, ChangeStatus, ChangeView
from alicerce.kernel.access import Request
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, PostButton
from alicerce.ui.formats import day
from alicerce.ui.layout import Crumb
from alicerce.ui.shell import ShellName

CARD = "cartao"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the pages are: of the customer, or of the company's people, who may also choose when."""

    surface: ShellName
    action: str
    back: str
    breadcrumbs: list[Crumb]
    invoice_url: Callable[[UUID], str]
    chooses_when: bool = False
    title: str = ""
    card: CardAtHand | None = None
    """What pays with the press that confirms; only of who is there in person."""

    def pays_with(self, shown: ChangePreview) -> CardAtHand | None:
        return self.card if shown.due_now.cents else None


def card_at_hand(customer_id: UUID, at: datetime) -> CardAtHand | None:
    found = (cards_at_hand[name](customer_id, at) for name in sorted(cards_at_hand))
    return next((card for card in found if card), None)


def is_being_paid(invoice_id: UUID, card: CardAtHand, *, at: datetime) -> bool:
    """False where the card may not be charged for it: the invoice says what else pays it."""
    try:
        for name in sorted(pay_at_once):
            pay_at_once[name](invoice_id, card.card_id, at)
    except Refused:
        return False
    return bool(pay_at_once)


def was_confirmed(desk: Desk, request: Request, confirmed: ChangeView) -> HttpResponse:
    """On to the invoice, where there is one to pay: what the card answers is seen there."""
    if confirmed.status != ChangeStatus.AWAITING or not confirmed.invoice_id:
        messages.success(request, said_of(confirmed))
        return HttpResponseRedirect(desk.back)
    url, card = desk.invoice_url(confirmed.invoice_id), desk.card
    if (
        card
        and _was_shown(request, card)
        and is_being_paid(confirmed.invoice_id, card, at=now())
    ):
        told = _("Estamos cobrando %(card)s. A mudança vale assim que for paga.")
        messages.success(request, told % {"card": card.name})
        return HttpResponseRedirect(f"{url}?forma=card")
    messages.success(request, said_of(confirmed))
    return HttpResponseRedirect(url)


def _was_shown(request: Request, card: CardAtHand) -> bool:
    """Only the very card that the button named is charged."""
    return request.POST.get(CARD) == str(card.card_id)


def said_of(confirmed: ChangeView) -> str:
    if confirmed.status == ChangeStatus.AWAITING:
        return _("Fatura emitida. A mudança vale assim que ela for paga.")
    if confirmed.status == ChangeStatus.SCHEDULED:
        return _("A mudança vale a partir de %(day)s.") % {"day": day(confirmed.effective_on)}
    return _("A mudança já está valendo.")


def confirm_button(desk: Desk, shown: ChangePreview, sent: dict[str, str]) -> PostButton:
    card = desk.pays_with(shown)
    if card is None:
        return PostButton(Button(_("Confirmar mudança"), variant="primary"), desk.action, sent)
    told = _("Mudar e pagar com %(card)s") % {"card": card.name}
    button = Button(told, variant="primary")
    return PostButton(button, desk.action, {**sent, CARD: str(card.card_id)})
