"""What corrections refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchCorrection(Refused):
    code = "no_such_correction"
    status = 404
    message = _("Pedido de correção não encontrado.")


class CorrectionIsOver(Refused):
    code = "correction_is_over"
    message = _("Este pedido já foi decidido, retirado ou venceu.")


class AlreadyRequested(Refused):
    code = "already_requested"
    message = _("A mesma correção já foi pedida e espera por uma pessoa.")


class TooManyCorrections(Refused):
    code = "too_many_corrections"
    message = _(
        "Há pedidos demais esperando por uma pessoa. Espere que alguns sejam decididos."
    )


class MoneyMoved(Refused):
    code = "money_moved"
    message = _("O dinheiro mudou enquanto você olhava. Nada foi feito: confira de novo.")


class ReferenceNeeded(Refused):
    code = "reference_needed"
    status = 422
    message = _("O que foi recebido por fora volta por fora: diga a referência da devolução.")


class ReferenceUseless(Refused):
    code = "reference_useless"
    status = 422
    message = _("Este pagamento volta pelo provedor, que dá a referência. Não mande uma.")


class NotReceivedYet(Refused):
    code = "not_received_yet"
    status = 422
    message = _("O dia do recebimento ainda não chegou.")
