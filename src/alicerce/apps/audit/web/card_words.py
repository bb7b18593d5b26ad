"""What was done with kept cards, in the words of who reads the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CARDS: Mapping[str, Promise] = {
    "autopay.switched": _("Pagamento automático ligado ou desligado"),
    "card.asked_for": _("Página para guardar um cartão pedida"),
    "card.made_default": _("Cartão principal escolhido"),
    "card.removed": _("Cartão guardado removido"),
    "card.saved": _("Cartão guardado"),
    "collection.attempted": _("Cartão guardado cobrado"),
    "collection.failed": _("Cartão guardado recusado"),
}
