"""What billing refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchInvoice(Refused):
    code = "no_such_invoice"
    status = 404
    message = _("Fatura não encontrada.")


class InvoiceLinkEnded(Refused):
    code = "invoice_link_ended"
    status = 410
    message = _("O link desta fatura não vale mais.")


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


class NothingPaid(Refused):
    code = "nothing_paid"
    message = _("Nada foi pago desta fatura ainda: não há recibo.")


class MethodNotOffered(Refused):
    code = "method_not_offered"
    status = 422
    message = _("Esta forma de pagamento não está disponível. Escolha outra.")


class AlreadyDebited(Refused):
    code = "already_debited"
    message = _("O débito automático desta fatura já está marcado.")


class BeingDebited(Refused):
    code = "being_debited"
    message = _("O banco já está debitando esta fatura por Pix Automático.")


class CardBeingCharged(Refused):
    code = "card_being_charged"
    message = _("Já há um pagamento com cartão a caminho para esta fatura.")


class GatewayIncomplete(Refused):
    code = "gateway_incomplete"
    status = 422
    message = _("Faltam dados para conectar esta conta de pagamento.")


class BoletoNotRefunded(Refused):
    code = "boleto_not_refunded"
    status = 422
    message = _(
        "A Stripe não devolve boletos: o dinheiro só volta por transferência, para uma conta que o "
        "cliente informe. Credite o saldo dele com uma nota de crédito, ou transfira por fora."
    )


class NotEnoughBalance(Refused):
    code = "not_enough_balance"
    message = _("O saldo do cliente não chega para isso.")


class MoreThanRemains(Refused):
    code = "more_than_remains"
    status = 422
    message = _("O valor tem de ser maior que zero e no máximo o que falta pagar.")


class ReferenceUsed(Refused):
    code = "reference_used"
    message = _("Já há um pagamento com esta referência.")


class NoSuchCreditNote(Refused):
    code = "no_such_credit_note"
    status = 404
    message = _("Nota de crédito não encontrada.")


class NotCreditable(Refused):
    code = "not_creditable"
    message = _("Não há nesta fatura tanto para creditar.")


class NoSuchPayment(Refused):
    code = "no_such_payment"
    status = 404
    message = _("Pagamento não encontrado.")


class NoSuchRefund(Refused):
    code = "no_such_refund"
    status = 404
    message = _("Estorno não encontrado.")


class NotRefundable(Refused):
    code = "not_refundable"
    message = _("Não há neste pagamento tanto para estornar.")


class RefundOfTwo(Refused):
    code = "refund_of_two"
    message = _(
        "Parte deste pagamento é de um cliente, e o resto de ninguém: estorne cada parte por si."
    )


class RefundTooLate(Refused):
    code = "refund_too_late"
    message = _("O prazo para devolver este Pix (90 dias) já passou.")


class RefundUnderWay(InvoiceNotOpen):
    code = "refund_under_way"
    message = _("Há um estorno a caminho. Espere que ele termine.")


class InvoiceDisputed(InvoiceNotOpen):
    code = "invoice_disputed"
    message = _("Um pagamento desta fatura está em disputa. Espere a decisão.")


class FeeBeyondLaw(Refused):
    code = "fee_beyond_law"
    status = 422
    message = _("A multa vai até 2%, e os juros, até 1% por mês.")


class NoSuchGateway(Refused):
    code = "no_such_gateway"
    status = 404
    message = _("Conta de recebimento não encontrada.")


class ConnectNotOffered(Refused):
    code = "connect_not_offered"
    message = _("A plataforma não oferece esta forma de receber agora.")


class ConnectFeeTooHigh(Refused):
    code = "connect_fee_too_high"
    status = 422
    message = _("A tarifa da plataforma vai até 30%.")


class NoSuchIssuer(Refused):
    code = "no_such_issuer"
    status = 404
    message = _("Emissor não encontrado.")


class IssuerNotSound(Refused):
    code = "issuer_not_sound"
    status = 422
    message = _("Os dados do emissor não fazem sentido assim. Revise e tente de novo.")


class SeriesTaken(Refused):
    code = "series_taken"
    message = _("Esta série já é de outras faturas. Escolha outra.")


class TooManyIssuers(Refused):
    code = "too_many_issuers"
    message = _("A empresa já tem o máximo de emissores.")


class IssuerInUse(Refused):
    code = "issuer_in_use"
    message = _(
        "Este emissor já tem numeração em uso: o CNPJ e o primeiro número não mudam mais."
    )


class IssuerIsDefault(Refused):
    code = "issuer_is_default"
    message = _("Este é o emissor padrão. Escolha outro padrão antes de aposentá-lo.")


class NoSuchAttribution(Refused):
    code = "no_such_attribution"
    status = 404
    message = _("Este pagamento não foi dado a ninguém.")


class NotUnclaimed(Refused):
    code = "payment_not_unclaimed"
    message = _("Este dinheiro já não está sem dono, ou o que falta dele mudou. Veja de novo.")


class AttributionOver(Refused):
    code = "attribution_over"
    message = _("Isto já foi desfeito.")


class AttributionSpent(Refused):
    code = "attribution_spent"
    message = _(
        "O cliente já usou este dinheiro. Para desfazer, ele tem de voltar ao saldo: emita a nota de "
        "crédito da fatura que ele pagou, ou espere a devolução ou a disputa que há dele acabar."
    )
