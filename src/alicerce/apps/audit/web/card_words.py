"""What was done with kept cards, in the words of who reads the trail."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CARDS: Mapping[str, Promise] = {
    "autopay.switched": _("Pagamento automático ligado ou desligado"),
    "autopay.way_chosen": _("Escolhido o que paga primeiro: cartão ou banco"),
    "card.asked_for": _("Página para guardar um cartão pedida"),
    "card.made_default": _("Cartão principal escolhido"),
    "card_charge.approved": _("Cobrança no cartão guardado confirmada"),
    "card.removed": _("Cartão guardado removido"),
    "card.saved": _("Cartão guardado"),
    "collection.attempted": _("Cartão guardado cobrado"),
    "collection.failed": _("Cartão guardado recusado"),
    "debit.answered": _("Banco respondeu sobre um débito, com atraso"),
    "debit.failed": _("Débito por Pix Automático não feito"),
    "debit.passed_over": _("Fatura fora do Pix Automático"),
    "debit.planned": _("Débito por Pix Automático planejado"),
    "debit.retried": _("Nova tentativa de débito pedida ao banco"),
    "debit.unanswered": _("Débito por Pix Automático sem resposta do banco"),
    "mandate.approved": _("Pix Automático autorizado"),
    "mandate.asked": _("Autorização de Pix Automático pedida"),
    "mandate.declined": _("Autorização de Pix Automático não dada"),
    "mandate.ended": _("Autorização de Pix Automático encerrada"),
    "mandate.failed": _("Autorização de Pix Automático não aceita pelo banco"),
    "mandate.shown": _("Pedido de Pix Automático no aplicativo do banco"),
    "mandate.opened": _("Código de Pix Automático gerado"),
}
