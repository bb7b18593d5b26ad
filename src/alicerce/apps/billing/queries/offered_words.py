"""How the company is paid today, as half a sentence says it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.billing.queries.charges import offered_methods
from alicerce.apps.billing.types import PaymentMethod

IN_A_SENTENCE: Mapping[PaymentMethod, Promise] = {
    PaymentMethod.PIX: gettext_lazy("Pix"),
    PaymentMethod.CARD: gettext_lazy("cartão"),
    PaymentMethod.BOLETO: gettext_lazy("boleto"),
}


def offered_words() -> str:
    """As in "Pix, cartão ou boleto"; empty where nothing collects by itself."""
    ways = [str(IN_A_SENTENCE[method]) for method in offered_methods()]
    before, last = ", ".join(ways[:-1]), "".join(ways[-1:])
    return _("%(ways)s ou %(last)s") % {"ways": before, "last": last} if before else last
