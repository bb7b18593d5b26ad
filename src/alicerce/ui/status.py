"""One table of status words: every state is a color, a shape and a word."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext_lazy as _

from alicerce.ui.component import Words
from alicerce.ui.texts import Badge, Tone


@dataclass(frozen=True)
class Status:
    tone: Tone
    words: Words
    live: bool = False

    @property
    def badge(self) -> Badge:
        return Badge(self.tone, self.words, live=self.live)


Statuses: TypeAlias = Mapping[str, Status]

SERVICE: Statuses = {
    "pending": Status("warn", _("Aguardando pagamento")),
    "provisioning": Status("info", _("Ativando"), live=True),
    "active": Status("ok", _("Ativo")),
    "suspended": Status("warn", _("Suspenso")),
    "terminated": Status("", _("Cancelado")),
    "error": Status("bad", _("Falhou")),
}

ORDER: Statuses = {
    "awaiting_payment": Status("warn", _("Aguardando pagamento")),
    "delivering": Status("info", _("Ativando"), live=True),
    "completed": Status("ok", _("Concluído")),
    "canceled": Status("", _("Cancelado")),
}

SUBSCRIPTION: Statuses = {
    "pending": Status("warn", _("Aguardando pagamento")),
    "trialing": Status("info", _("Em teste")),
    "active": Status("ok", _("Ativa")),
    "past_due": Status("warn", _("Em atraso")),
    "suspended": Status("bad", _("Suspensa")),
    "ended": Status("", _("Encerrada")),
}

BILLING_RUN: Statuses = {
    "running": Status("info", _("Faturando"), live=True),
    "finished": Status("ok", _("Concluído")),
}

INVOICE: Statuses = {
    "draft": Status("", _("Rascunho")),
    "open": Status("warn", _("Em aberto")),
    "paid": Status("ok", _("Paga")),
    "partly_paid": Status("warn", _("Paga em parte")),
    "overdue": Status("bad", _("Vencida")),
    "uncollectible": Status("bad", _("Perdida")),
    "disputed": Status("warn", _("Em disputa")),
    "charged_back": Status("bad", _("Contestada e perdida")),
    "void": Status("", _("Cancelada")),
    "partly_refunded": Status("ok", _("Estornada em parte")),
    "refunded": Status("", _("Estornada")),
}

CHARGE: Statuses = {
    "created": Status("info", _("Preparando"), live=True),
    "requested": Status("info", _("Preparando"), live=True),
    "awaiting": Status("warn", _("Aguardando")),
    "unknown": Status("info", _("Conferindo"), live=True),
    "paid": Status("ok", _("Confirmado")),
    "expired": Status("", _("Expirado")),
    "failed": Status("bad", _("Recusado")),
}

MERCHANT: Statuses = {
    "pending": Status("info", _("Cadastro incompleto")),
    "restricted": Status("warn", _("Restrita")),
    "enabled": Status("ok", _("Recebendo")),
    "disconnected": Status("", _("Desligada")),
}

PAYMENT: Statuses = {
    "applied": Status("ok", _("Confirmado")),
    "credited": Status("info", _("Virou crédito")),
    "flagged": Status("warn", _("Em análise")),
}

SERVER: Statuses = {
    "active": Status("ok", _("Operacional")),
    "nearly_full": Status("warn", _("Quase cheio")),
    "full": Status("bad", _("Cheio")),
    "degraded": Status("warn", _("Degradado")),
    "resting": Status("warn", _("Em descanso")),
    "paused": Status("", _("Sem novas contas")),
    "down": Status("bad", _("Fora do ar"), live=True),
}

RUN: Statuses = {
    "queued": Status("info", _("Na fila")),
    "running": Status("info", _("Em execução"), live=True),
    "waiting": Status("warn", _("Nova tentativa em breve")),
    "succeeded": Status("ok", _("Concluída")),
    "failed": Status("bad", _("Falhou")),
    "needs_human": Status("bad", _("Precisa de uma pessoa")),
    "superseded": Status("", _("Substituída")),
}

DIFFERENCE: Statuses = {
    "open": Status("bad", _("Em aberto")),
    "dismissed": Status("", _("Dispensada")),
    "settled": Status("ok", _("Passou")),
}

TICKET: Statuses = {
    "open": Status("warn", _("Aberto")),
    "resolved": Status("ok", _("Resolvido")),
}


def badge(statuses: Statuses, value: str) -> Badge:
    """Find the badge of a state. A state without words is a bug, and says so."""
    return statuses[value].badge
