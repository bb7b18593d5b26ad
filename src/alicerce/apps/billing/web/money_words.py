"""What codes of corrections and of the books are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.billing.types.corrections import RefundSource, RefundStatus
from alicerce.ui.status import Status, Statuses

Words = str | Promise

METHODS: Mapping[PaymentMethod, Words] = {
    PaymentMethod.PIX: _("Pix"),
    PaymentMethod.CARD: _("Cartão"),
    PaymentMethod.TRANSFER: _("Transferência"),
    PaymentMethod.CASH: _("Dinheiro"),
    PaymentMethod.OTHER: _("Outra forma"),
    PaymentMethod.BALANCE: _("Saldo"),
}
REFUND: Statuses = {
    RefundStatus.CREATED: Status("info", _("A caminho"), live=True),
    RefundStatus.REQUESTED: Status("info", _("A caminho"), live=True),
    RefundStatus.PENDING: Status("info", _("No provedor"), live=True),
    RefundStatus.UNKNOWN: Status("info", _("Conferindo"), live=True),
    RefundStatus.SUCCEEDED: Status("ok", _("Devolvido")),
    RefundStatus.FAILED: Status("bad", _("Não devolvido")),
}
SOURCES: Mapping[RefundSource, Words] = {
    RefundSource.INVOICE: _("Do que a fatura recebeu, com nota de crédito"),
    RefundSource.WALLET: _("Do saldo do cliente"),
    RefundSource.SUSPENSE: _("Do que está em análise"),
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
    "bank.moved": _("Movimento no banco"),
    "bank.move_undone": _("Movimento no banco desfeito"),
    "wallet.used": _("Saldo usado"),
    "wallet.funded": _("Saldo comprado"),
    "wallet.adjusted": _("Saldo ajustado"),
}
ACCOUNTS: Mapping[str, Words] = {
    "receivable": _("A receber de clientes"),
    "revenue": _("Receita"),
    "wallet": _("Saldo de clientes"),
    "suspense": _("Em análise"),
    "bank": _("Banco"),
    "deposits": _("Créditos pedidos e não pagos"),
    "refunding": _("Devoluções a caminho"),
    "bad_debt": _("Perdas com clientes"),
    "goodwill": _("Saldo dado por cortesia"),
    "dispute_reserve": _("Retido em disputas"),
    "dispute_losses": _("Perdas em disputas"),
    "psp_fees": _("Tarifas de provedores"),
    "contested": _("Saldo bloqueado por disputa"),
    "clearing:pix": _("No provedor de Pix"),
    "clearing:stripe": _("Na Stripe"),
    "fees:pix": _("Tarifas do Pix"),
    "fees:stripe": _("Tarifas da Stripe"),
    "fees:bank": _("Tarifas do banco"),
}


def account_words(account: str) -> Words:
    """Its own name where it has no other: a provider that came later."""
    return ACCOUNTS.get(account, account)
