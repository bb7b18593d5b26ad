"""What billing refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchInvoice(Refused):
    code = "no_such_invoice"
    status = 404
    message = _("Fatura não encontrada.")


class NoSuchCharge(Refused):
    code = "no_such_charge"
    status = 404
    message = _("Cobrança não encontrada.")


class InvoiceNotOpen(Refused):
    code = "invoice_not_open"
    message = _("Esta fatura não está em aberto.")


class NothingToInvoice(Refused):
    code = "nothing_to_invoice"
    status = 422
    message = _("Uma fatura precisa de itens, todos na mesma moeda e sem total negativo.")


class MethodNotOffered(Refused):
    code = "method_not_offered"
    status = 422
    message = _("Esta forma de pagamento não está disponível. Escolha outra.")


class GatewayIncomplete(Refused):
    code = "gateway_incomplete"
    status = 422
    message = _("Faltam dados para conectar esta conta de pagamento.")
