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
    "wallet.used": _("Saldo usado"),
    "wallet.funded": _("Saldo comprado"),
    "wallet.adjusted": _("Saldo ajustado"),
    "opening.invoice": _("Fatura do sistema anterior"),
    "opening.credit": _("Saldo do sistema anterior"),
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
    "opening": _("Saldos de abertura"),
    "clearing:pix": _("No provedor de Pix"),
    "clearing:stripe": _("Na Stripe"),
}


def account_words(account: str) -> Words:
    """Its own name where it has no other: a provider that came later."""
    return ACCOUNTS.get(account, account)
