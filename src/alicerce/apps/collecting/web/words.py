"""What the codes of collecting are called, for people."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from alicerce.apps.billing import public as billing
from alicerce.apps.collecting.types import AttemptStatus, Trigger
from alicerce.ui.status import Status

TRIGGERS: Mapping[Trigger, Promise] = {
    Trigger.PURCHASE: gettext_lazy("Compra"),
    Trigger.CYCLE: gettext_lazy("Vencimento"),
    Trigger.DUNNING: gettext_lazy("Nova tentativa"),
    Trigger.CLIENT_RETRY: gettext_lazy("Pedido do cliente"),
    Trigger.METHOD_UPDATE: gettext_lazy("Cartão novo"),
    Trigger.ADMIN: gettext_lazy("Pedido da equipe"),
}
STATUSES: Mapping[AttemptStatus, Status] = {
    AttemptStatus.BEGUN: Status("info", gettext_lazy("Começando"), live=True),
    AttemptStatus.CHARGING: Status("info", gettext_lazy("Cobrando"), live=True),
    AttemptStatus.SUCCEEDED: Status("ok", gettext_lazy("Pago")),
    AttemptStatus.FAILED: Status("bad", gettext_lazy("Recusado")),
    AttemptStatus.DROPPED: Status("", gettext_lazy("Não foi preciso")),
}
REASONS: Mapping[str, Promise] = {
    "card_being_charged": gettext_lazy("Outro pagamento com cartão estava a caminho"),
    "card_refused": gettext_lazy("O banco já tinha recusado este cartão"),
    "card_removed": gettext_lazy("O cartão foi removido antes"),
    "method_not_offered": gettext_lazy("A conta na operadora está desligada"),
    "paid": gettext_lazy("A fatura já estava paga"),
    "void": gettext_lazy("A fatura foi cancelada"),
    "withdrawn": gettext_lazy("Parte da fatura foi paga antes"),
}
"""Our own; what a bank says has its words where charges are."""


def reason_words(reason: str) -> str:
    return str(REASONS[reason]) if reason in REASONS else billing.decline_words(reason)


def advice_of(reason: str) -> str:
    """What may be done about it; empty where there is nothing to do."""
    return "" if reason in REASONS else billing.decline_advice(reason)
