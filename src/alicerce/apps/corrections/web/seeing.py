"""What the page of one correction shows: what it would do now, and what has changed since it was asked for."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.corrections.services.perform import foresee
from alicerce.apps.corrections.types import CorrectionState, CorrectionView
from alicerce.apps.corrections.web.components import effect_card
from alicerce.apps.corrections.web.deciding import confirm_url, may_decide
from alicerce.apps.corrections.web.words import TOLD
from alicerce.kernel.access import Request
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Row
from alicerce.ui.panels import Note


def main_parts(request: Request, view: CorrectionView) -> list[Content]:
    if not view.may_be_decided(now()):
        return _ended(view)
    try:
        effect = foresee(wanted=view.wanted, at=now())
    except Refused as refused:
        why = Note("bad", str(refused), title=_("Agora isto não pode ser feito"))
        return [why, effect_card(view.foreseen), *_decision(request, view, feasible=False)]
    has_changed = effect != view.foreseen
    notes: list[Content] = [Note("info", TOLD[view.kind])]
    if has_changed:
        told = _("O que vale é o que está aqui agora, e não o que se viu no pedido.")
        notes.append(Note("warn", told, title=_("O dinheiro mudou desde o pedido")))
    shown = effect_card(effect, asked=view.foreseen if has_changed else None)
    return [*notes, shown, *_decision(request, view, feasible=True)]


def _ended(view: CorrectionView) -> list[Content]:
    if view.state is CorrectionState.CARRIED_OUT:
        return [effect_card(view.foreseen, is_done=True)]
    nothing = _("Nada mudou por este pedido. O que ele teria feito, quando foi pedido:")
    return [Note("info", nothing), effect_card(view.foreseen)]


def _decision(request: Request, view: CorrectionView, *, feasible: bool) -> list[Content]:
    """Both ways to decide, for who may do the same on the page of the invoice."""
    if not may_decide(request, view):
        told = _(
            "Decide quem pode fazer o mesmo na página da fatura, do pagamento ou do cliente."
        )
        return [Note("info", told)]
    refuse = LinkButton(_("Recusar"), reverse("workspace:correction_refuse", args=[view.id]))
    if not feasible:
        return [Card([Row([refuse])])]
    approve = LinkButton(_("Conferir e aprovar"), confirm_url(view), variant="primary")
    return [Card([Row([approve, refuse])])]
