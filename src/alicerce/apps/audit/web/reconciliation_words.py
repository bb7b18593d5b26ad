"""What was done about money at providers and in the bank, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RECONCILIATION: Mapping[str, Promise] = {
    "bank_account.added": _("Conta bancária acrescentada"),
    "bank_line.matched": _("Linha do extrato ligada"),
    "bank_line.released": _("Ligação de linha do extrato desfeita"),
    "bank_statement.read": _("Extrato do banco lido"),
    "payout.paid": _("Repasse pago pelo provedor"),
    "reconciliation.booking_asked": _("Registro do que o provedor diz pedido"),
    "reconciliation.difference_assigned": _("Diferença da conciliação atribuída"),
    "reconciliation.difference_explained": _("Diferença da conciliação explicada"),
    "reconciliation.difference_found": _("Diferença da conciliação encontrada"),
    "reconciliation.difference_resolved": _("Diferença da conciliação resolvida"),
    "reconciliation.difference_returned": _("Diferença da conciliação voltou"),
    "reconciliation.note_written": _("Nota em diferença da conciliação"),
    "reconciliation.run_asked": _("Comparação com o provedor pedida"),
}
DIFFERENCES: Mapping[str, Promise] = {
    "payment_unclaimed": _("Pagamento sem fatura nem cliente"),
    "payout_amount": _("Valor do repasse diferente"),
    "payout_bank_amount": _("Repasse que chegou com outro valor"),
    "payout_not_in_bank": _("Repasse que não está no banco"),
    "payout_returned": _("Repasse que o banco devolveu"),
}
"""The kinds that no other code is called like."""
