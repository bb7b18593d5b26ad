"""What codes of orders are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.orders.types import ON_TRIAL, CancelCause, LineStatus
from alicerce.ui.status import Status, Statuses

METHODS: Mapping[str, str | Promise] = {
    PaymentMethod.PIX: _("Pix"),
    PaymentMethod.CARD: _("Cartão"),
    PaymentMethod.BOLETO: _("Boleto"),
    PaymentMethod.TRANSFER: _("Transferência"),
    PaymentMethod.CASH: _("Dinheiro"),
    PaymentMethod.OTHER: _("Outra forma"),
    PaymentMethod.BALANCE: _("Saldo"),
    ON_TRIAL: _("Teste"),
}
CAUSES: Mapping[str, str | Promise] = {
    CancelCause.STAFF: _("Pela equipe"),
    CancelCause.CUSTOMER: _("Pelo cliente"),
    CancelCause.EXPIRED: _("Ninguém pagou no prazo"),
    CancelCause.INVOICE_VOIDED: _("A fatura foi cancelada"),
}
LINE: Statuses = {
    LineStatus.WAITING: Status("warn", _("Espera o pagamento")),
    LineStatus.DELIVERING: Status("info", _("Em entrega"), live=True),
    LineStatus.FULFILLED: Status("ok", _("Entregue")),
    LineStatus.FAILED: Status("bad", _("Falhou")),
    LineStatus.CANCELED: Status("", _("Cancelado")),
}
