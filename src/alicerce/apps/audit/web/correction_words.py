"""What was done about corrections that programs ask for, in the words of who reads the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CORRECTIONS: Mapping[str, Promise] = {
    "correction.canceled": _("Correção pedida: retirada"),
    "correction.carried_out": _("Correção pedida: feita"),
    "correction.change_approved": _("Correção pedida: mudança confirmada"),
    "correction.expired": _("Correção pedida: venceu"),
    "correction.payment_approved": _("Correção pedida: pagamento confirmado"),
    "correction.refund_approved": _("Correção pedida: devolução confirmada"),
    "correction.refused": _("Correção pedida: recusada"),
    "correction.requested": _("Correção pedida pela API"),
}
