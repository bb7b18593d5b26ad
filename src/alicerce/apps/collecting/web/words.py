"""What the codes of collecting are called, for people."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    "authentication_required": gettext_lazy("O banco quer que o dono confirme"),
    "card_being_charged": gettext_lazy("Outro pagamento com cartão estava a caminho"),
    "card_refused": gettext_lazy("O banco já tinha recusado este cartão"),
    "card_removed": gettext_lazy("O cartão foi removido antes"),
    "do_not_honor": gettext_lazy("O banco não autorizou"),
    "expired_card": gettext_lazy("Cartão vencido"),
    "insufficient_funds": gettext_lazy("Sem limite"),
    "lost_card": gettext_lazy("O banco não autorizou"),
    "method_not_offered": gettext_lazy("A conta na operadora está desligada"),
    "never_arrived": gettext_lazy("A cobrança não chegou à operadora"),
    "paid": gettext_lazy("A fatura já estava paga"),
    "pickup_card": gettext_lazy("O banco não autorizou"),
    "resource_missing": gettext_lazy("A operadora não guarda mais este cartão"),
    "stolen_card": gettext_lazy("O banco não autorizou"),
    "void": gettext_lazy("A fatura foi cancelada"),
    "withdrawn": gettext_lazy("Parte da fatura foi paga antes"),
}
"""Nobody is told that a card was reported as stolen: who holds it may be the thief."""


def reason_words(reason: str) -> str:
    return str(REASONS.get(reason) or _("Recusado pelo banco"))
