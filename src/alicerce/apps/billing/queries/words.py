"""What codes are called, on pages and on paper."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.types import InvoiceStatus, PaymentMethod

Words = str | Promise

STATES: Mapping[InvoiceStatus, Words] = {
    InvoiceStatus.OPEN: _("Em aberto"),
    InvoiceStatus.PAID: _("Paga"),
    InvoiceStatus.VOID: _("Cancelada"),
    InvoiceStatus.UNCOLLECTIBLE: _("Em aberto"),
}
METHODS: Mapping[PaymentMethod, Words] = {
    PaymentMethod.PIX: _("Pix"),
    PaymentMethod.CARD: _("Cartão"),
    PaymentMethod.BOLETO: _("Boleto"),
    PaymentMethod.TRANSFER: _("Transferência"),
    PaymentMethod.CASH: _("Dinheiro"),
    PaymentMethod.OTHER: _("Outra forma"),
    PaymentMethod.BALANCE: _("Saldo"),
}
KINDS: Mapping[str, Words] = {
    "invoice.opened": _("Fatura emitida"),
    "invoice.voided": _("Fatura cancelada"),
    "invoice.credited": _("Nota de crédito"),
    "invoice.written_off": _("Dada por perdida"),
    "invoice.recovered": _("Recuperada"),
    "payment.received": _("Pagamento"),
    "payment.refunded": _("Devolução"),
    "refund.held": _("Devolução do saldo"),
    "refund.released": _("Devolução não feita"),
    "refund.bounced": _("Devolução que voltou"),
    "contest.frozen": _("Saldo bloqueado por disputa"),
    "contest.freed": _("Saldo liberado de disputa"),
    "contest.rest": _("Saldo liberado de disputa"),
    "provider.fee": _("Tarifa do provedor"),
    "platform.fee": _("Tarifa recebida de empresa"),
    "fees.moved": _("Tarifas reunidas em uma conta"),
    "bank.moved": _("Movimento no banco"),
    "bank.move_undone": _("Movimento no banco desfeito"),
    "revenue.deferred": _("Receita de dias que ainda vêm"),
    "revenue.recognized": _("Receita do dia"),
    "wallet.used": _("Saldo usado"),
    "wallet.funded": _("Saldo comprado"),
    "wallet.adjusted": _("Saldo ajustado"),
    "suspense.given": _("Pagamento que estava sem dono"),
    "suspense.taken_back": _("Pagamento que voltou a ficar sem dono"),
    "opening.invoice": _("Fatura do sistema anterior"),
    "opening.credit": _("Saldo do sistema anterior"),
}
