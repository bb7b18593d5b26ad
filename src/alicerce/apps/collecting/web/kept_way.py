"""What a customer may do on an invoice's page with the card that is kept for them, and how it ended last time."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.ports import KeptWay, WayToPay
from alicerce.apps.billing.types import InvoiceKind, InvoiceSummary
from alicerce.apps.collecting.queries.cards import card_to_charge, today
from alicerce.apps.collecting.queries.collections import last_attempt
from alicerce.apps.collecting.services.confirming import secret_of
from alicerce.apps.collecting.types import AttemptStatus, Decline
from alicerce.apps.collecting.web.words import advice_of, reason_words


def kept_way(invoice: InvoiceSummary, at: datetime) -> KeptWay:
    """Nothing while a card is being charged for it: one at a time."""
    if not invoice.is_payable or invoice.kind == InvoiceKind.FUNDS:
        return KeptWay()
    last = last_attempt(invoice.id)
    if last and last.is_under_way:
        return KeptWay()
    card = card_to_charge(invoice.customer_id, today=today(at))
    charge = None
    if card:
        words = _("Pagar agora com %(card)s") % {"card": card}
        charge = WayToPay(words, reverse("client:card_charge", args=[invoice.id]))
    if last is None or last.status != AttemptStatus.FAILED:
        return KeptWay(charge=charge)
    why = _("%(card)s: %(reason)s.") % {"card": last.card, "reason": reason_words(last.reason)}
    told = f"{why} {advice_of(last.reason)}".strip()
    if last.decline != Decline.OWNER:
        return KeptWay(told, charge)
    url = reverse("site:card_confirm", args=[secret_of(attempt=last, at=at)])
    told = _("O banco do %(card)s quer que você confirme esta cobrança, na página segura dele.")
    return KeptWay(
        told % {"card": last.card}, charge, WayToPay(_("Confirmar com o banco"), url)
    )
