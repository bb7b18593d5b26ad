"""Codes of subscriptions in people's words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.subscriptions.types import EndCause, ItemKind, ParkReason, SuspendCause

Words = str | Promise

CYCLES: Mapping[str, Words] = {
    "monthly": _("por mês"),
    "quarterly": _("por trimestre"),
    "semiannual": _("por semestre"),
    "annual": _("por ano"),
    "biennial": _("a cada dois anos"),
    "triennial": _("a cada três anos"),
}
KINDS: Mapping[ItemKind, Words] = {
    ItemKind.PLAN: _("Plano"),
    ItemKind.OPTION: _("Opção"),
    ItemKind.ADDON: _("Adicional"),
}
SUSPENSIONS: Mapping[str, Words] = {
    SuspendCause.UNPAID: _("falta de pagamento"),
    SuspendCause.STAFF: _("decisão da equipe"),
    SuspendCause.ABUSE: _("uso indevido"),
    SuspendCause.DISPUTE: _("pagamento em disputa"),
    SuspendCause.PARENT: _("a assinatura de que faz parte está suspensa"),
}
ENDINGS: Mapping[str, Words] = {
    EndCause.CUSTOMER: _("o cliente cancelou"),
    EndCause.STAFF: _("a equipe cancelou"),
    EndCause.UNPAID: _("falta de pagamento"),
    EndCause.PERIOD_END: _("cancelada para o fim do período"),
    EndCause.ORDER_CANCELED: _("o pedido foi cancelado"),
    EndCause.PARENT: _("a assinatura de que fazia parte terminou"),
}
PARKINGS: Mapping[ParkReason, Words] = {
    ParkReason.LINES: _("Linhas demais em um dia"),
    ParkReason.AMOUNT: _("Valor muito acima do costume"),
    ParkReason.FAILED: _("Não foi possível faturar"),
}
