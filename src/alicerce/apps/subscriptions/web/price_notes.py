"""That the price of a subscription changes, where its customer and the company read of it."""

from django.utils.translation import gettext as _

from alicerce.apps.subscriptions.queries.price_moves import price_to_come
from alicerce.apps.subscriptions.types import SubscriptionCard
from alicerce.apps.subscriptions.types.changes import ChangeView
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money
from alicerce.ui.panels import Note


def price_notes(card: SubscriptionCard) -> list[Content]:
    """That the price of a subscription changes, and from when: its customer reads the same as the company."""
    coming = None if card.has_ended else price_to_come(card.id)
    if coming is None:
        return []
    words = _(
        "De %(before)s para %(after)s, com a renovação de %(day)s. O que já foi pago não muda, e "
        "até lá dá para cancelar sem multa."
    )
    told = {
        "before": money(coming.before),
        "after": money(coming.after),
        "day": day(coming.effective_on),
    }
    title = _("O preço muda em %(day)s") % {"day": told["day"]}
    return [Note("info", words % told, title=title)]


def price_words(waiting: ChangeView) -> str:
    """Of a price whose first period was invoiced."""
    words = _("%(amount)s a partir de %(day)s, como foi avisado.")
    return words % {"amount": money(waiting.amount), "day": day(waiting.effective_on)}
