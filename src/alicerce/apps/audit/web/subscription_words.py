"""What was done about subscriptions, and prices that move, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SUBSCRIPTIONS: Mapping[str, Promise] = {
    "price_move.approved": _("Reajuste confirmado"),
    "subscription.days_credited": _("Dias sem serviço creditados"),
    "subscription_credit.approved": _("Crédito de dias sem serviço confirmado"),
    "price_move.canceled": _("Reajuste cancelado"),
    "price_move.scheduled": _("Reajuste agendado"),
    "subscription.active": _("Assinatura em dia de novo"),
    "subscription.addon_added": _("Adicional incluído numa assinatura"),
    "subscription.cancel_asked": _("Cancelamento de assinatura pedido"),
    "subscription.change_asked": _("Mudança de plano pedida"),
    "subscription.change_dropped": _("Mudança de plano desfeita"),
    "subscription.changed": _("Plano da assinatura mudado"),
    "subscription.ended": _("Assinatura encerrada"),
    "subscription.opened": _("Assinatura aberta"),
    "subscription.past_due": _("Assinatura em atraso"),
    "subscription.paused": _("Cobrança de uma assinatura pausada"),
    "subscription.reactivated": _("Cancelamento de assinatura desfeito"),
    "subscription.resumed": _("Assinatura reativada"),
    "subscription.started": _("Assinatura iniciada"),
    "subscription.suspended": _("Assinatura suspensa"),
    "subscription.trial_started": _("Teste de uma assinatura iniciado"),
    "subscription.unpaused": _("Cobrança de uma assinatura retomada"),
}
