"""How people are told that an invoice pays itself: on pages, in letters, on paper."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alicerce.apps.billing.ports import SelfPayment
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.collecting.queries.cards import today
from alicerce.apps.collecting.queries.foretelling import foretold
from alicerce.apps.collecting.rules.names import card_name
from alicerce.apps.collecting.types import CardView, Foretold, PayingStage, Way
from alicerce.ui.formats import day


def self_payments(invoices: Sequence[InvoiceSummary], at: datetime) -> dict[UUID, SelfPayment]:
    found = foretold(invoices, at=at)
    return {invoice_id: _told(each, at=at) for invoice_id, each in found.items()}


def pays_itself(invoice: InvoiceSummary, *, at: datetime) -> str:
    """The sentence for a letter; empty where somebody has to pay it."""
    told = self_payments([invoice], at).get(invoice.id)
    return told.words if told else ""


def _told(found: Foretold, *, at: datetime) -> SelfPayment:
    if found.way == Way.CARD:
        return _by_card(found)
    on = {"day": day(found.on)}
    if found.stage == PayingStage.UNANSWERED:
        words = _(
            "O seu banco ainda não disse se debitou esta fatura em %(day)s. Se ele tiver debitado, o "
            "que você pagar a mais vira saldo."
        )
        return SelfPayment(
            _("Pix Automático sem resposta"), words % on, _("Sem resposta do banco")
        )
    words = _("O banco debita em %(day)s, como você autorizou.") % on
    if found.on > today(at):
        words += " " + _("Se pagar antes, o débito é cancelado.")
    if found.card:
        words += " " + _("Se o banco não debitar, cobramos o %(card)s.") % _named(found.card)
    return SelfPayment(_("Pix Automático"), words, _("Pix Automático em %(day)s") % on)


def _by_card(found: Foretold) -> SelfPayment:
    named = {**_named(found.card), "day": day(found.on)}
    if found.stage == PayingStage.UNDER_WAY:
        words = _("Estamos cobrando o cartão guardado. O resultado aparece em instantes.")
        return SelfPayment(_("Cobrando o cartão"), words, _("Cobrando o cartão"))
    if found.stage == PayingStage.AGAIN:
        words = _(
            "A última cobrança não passou. Em %(day)s tentamos com o %(card)s; se preferir, pague "
            "antes de outra forma."
        )
        return SelfPayment(_("Nova tentativa"), words % named, _("%(card)s em %(day)s") % named)
    words = _("Cobramos o %(card)s em %(day)s. Você não precisa fazer nada.") % named
    return SelfPayment(_("Paga sozinha"), words, _("%(card)s em %(day)s") % named)


def _named(card: CardView | None) -> dict[str, str]:
    return {"card": card_name(card.brand, card.last4) if card else _("cartão guardado")}
