"""What codes of corrections are called."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.corrections.types import CorrectionKind, CorrectionState
from alicerce.ui.component import Words
from alicerce.ui.status import Status, Statuses

KINDS: Mapping[CorrectionKind, Words] = {
    CorrectionKind.REFUND: _("Devolver pagamento"),
    CorrectionKind.CREDIT_NOTE: _("Emitir nota de crédito"),
    CorrectionKind.VOID: _("Cancelar fatura"),
    CorrectionKind.WRITE_OFF: _("Dar por perdida"),
    CorrectionKind.PAYMENT: _("Registrar pagamento"),
    CorrectionKind.WALLET: _("Ajustar saldo"),
}
TOLD: Mapping[CorrectionKind, Words] = {
    CorrectionKind.REFUND: _(
        "Volta pela forma em que veio. O provedor confirma depois; a página mostra."
    ),
    CorrectionKind.CREDIT_NOTE: _(
        "A fatura não muda: a nota corrige. O cliente recebe um e-mail com o motivo."
    ),
    CorrectionKind.VOID: _(
        "O que já foi pago vira saldo do cliente, e o pedido dela é cancelado."
    ),
    CorrectionKind.WRITE_OFF: _(
        "O que falta sai do que há a receber. Quem pagar depois ainda pode."
    ),
    CorrectionKind.PAYMENT: _(
        "Para o que chegou por fora dos provedores. Quitada a fatura, o pedido segue."
    ),
    CorrectionKind.WALLET: _(
        "Saldo dado sem fatura é cortesia da empresa; tirado, deixa de ser devido."
    ),
}
DONE: Mapping[CorrectionKind, Words] = {
    CorrectionKind.REFUND: _("Devolução a caminho."),
    CorrectionKind.CREDIT_NOTE: _("Nota de crédito emitida."),
    CorrectionKind.VOID: _("Fatura cancelada."),
    CorrectionKind.WRITE_OFF: _("Fatura dada por perdida."),
    CorrectionKind.PAYMENT: _("Pagamento registrado."),
    CorrectionKind.WALLET: _("Saldo ajustado."),
}
STATES: Statuses = {
    CorrectionState.AWAITING_APPROVAL: Status("warn", _("Espera por uma pessoa")),
    CorrectionState.CARRIED_OUT: Status("ok", _("Feita")),
    CorrectionState.REFUSED: Status("bad", _("Recusada")),
    CorrectionState.CANCELED: Status("", _("Retirada")),
    CorrectionState.EXPIRED: Status("", _("Venceu")),
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
