"""What people read of forecasts."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alicerce.apps.forecasts.types import (
    Assumption,
    HappeningKind,
    HappeningRow,
    Measure,
    Side,
)
from alicerce.ui.component import Words
from alicerce.ui.status import Status, Statuses

ASSUMPTIONS: dict[Assumption, Words] = {
    Assumption.DUE: gettext_lazy("Todos pagam no vencimento"),
    Assumption.NOBODY: gettext_lazy("Ninguém paga"),
    Assumption.CARDS: gettext_lazy("Só os cartões guardados pagam"),
    Assumption.HABIT: gettext_lazy("Cada cliente paga como costuma"),
}
ASSUMPTION_DETAILS: dict[Assumption, Words] = {
    Assumption.DUE: gettext_lazy(
        "Cartões às 9h, os demais ao meio-dia; o que já venceu é pago agora."
    ),
    Assumption.NOBODY: gettext_lazy(
        "Cartões são recusados por falta de limite e tentados de novo nos dias previstos."
    ),
    Assumption.CARDS: gettext_lazy("Quem não tem cartão, ou desligou o automático, não paga."),
    Assumption.HABIT: gettext_lazy(
        "Tantos dias depois do vencimento quanto a mediana das últimas 12 faturas pagas;"
        " com menos de três, no vencimento."
    ),
}
STATES: Statuses = {
    "running": Status("info", gettext_lazy("Calculando"), live=True),
    "ready": Status("ok", gettext_lazy("Pronta")),
    "canceled": Status("", gettext_lazy("Cancelada")),
    "failed": Status("bad", gettext_lazy("Falhou")),
}
SIDES: dict[Side, Words] = {
    Side.BASE: gettext_lazy("Como está"),
    Side.CHANGED: gettext_lazy("Com a mudança"),
    Side.BOTH: gettext_lazy("Diferença"),
}
KINDS: dict[HappeningKind, Words] = {
    HappeningKind.MAIL: gettext_lazy("E-mail"),
    HappeningKind.CHARGE: gettext_lazy("Cobrança no cartão"),
    HappeningKind.PAYMENT: gettext_lazy("Pagamento"),
    HappeningKind.OVERDUE: gettext_lazy("Fatura em atraso"),
    HappeningKind.BANNER: gettext_lazy("Aviso na área do cliente"),
    HappeningKind.SUSPENSION: gettext_lazy("Suspensão"),
    HappeningKind.RESUMPTION: gettext_lazy("Reativação"),
    HappeningKind.END: gettext_lazy("Encerramento"),
    HappeningKind.CHANGE: gettext_lazy("Mudança de plano em vigor"),
    HappeningKind.VOID: gettext_lazy("Fatura cancelada"),
    HappeningKind.PARK: gettext_lazy("Faturamento parado"),
    HappeningKind.HABIT: gettext_lazy("Costume de pagar"),
}
MEASURES: dict[Measure, Words] = {
    Measure.INVOICES: gettext_lazy("Faturado"),
    Measure.TAXES: gettext_lazy("Impostos"),
    Measure.PAYMENTS: gettext_lazy("Recebido"),
    Measure.CHARGES: gettext_lazy("Cobranças no cartão"),
    Measure.MAILS: gettext_lazy("E-mails"),
    Measure.SUSPENSIONS: gettext_lazy("Suspensões"),
    Measure.RESUMPTIONS: gettext_lazy("Reativações"),
    Measure.ENDS: gettext_lazy("Encerramentos"),
    Measure.PARKS: gettext_lazy("Paradas"),
}
MAILS: dict[str, Words] = {
    "invoice_issued": gettext_lazy("Fatura emitida"),
    "invoice_paid": gettext_lazy("Pagamento confirmado"),
    "dunning_invoice": gettext_lazy("Fatura a vencer"),
    "dunning_reminder": gettext_lazy("Lembrete"),
    "dunning_suspended": gettext_lazy("Serviço suspenso"),
    "dunning_ended": gettext_lazy("Serviço encerrado"),
    "trial_ending": gettext_lazy("O teste está acabando"),
    "card_failed": gettext_lazy("Cartão recusado"),
    "card_recovered": gettext_lazy("Pago depois de recusado"),
    "card_expiring": gettext_lazy("Cartão vence em breve"),
}
WHATS: dict[str, Words] = {
    "web": gettext_lazy("só o site"),
    "all": gettext_lazy("tudo"),
    "unpaid": gettext_lazy("por falta de pagamento"),
    "period_end": gettext_lazy("fim do período"),
    "parent": gettext_lazy("com a assinatura a que pertencia"),
    "card": gettext_lazy("no cartão"),
    "hand": gettext_lazy("pelo cliente"),
    "balance": gettext_lazy("com o saldo"),
    "refused": gettext_lazy("recusada"),
    "lines": gettext_lazy("linhas demais"),
    "amount": gettext_lazy("valor fora do comum"),
    "failed": gettext_lazy("não pôde ser faturado"),
}
CHANGES: dict[str, Words] = {
    "price": gettext_lazy("outro preço"),
    "tax": gettext_lazy("outro imposto"),
    "ladder": gettext_lazy("outra régua"),
}


def detail_of(row: HappeningRow) -> str:
    if row.kind == HappeningKind.HABIT:
        return _habit(row)
    if row.kind == HappeningKind.MAIL:
        return str(MAILS.get(row.what, row.what))
    return str(WHATS.get(row.what, row.what))


def _habit(row: HappeningRow) -> str:
    count = int(row.step or 0)
    words = ngettext("%(count)d fatura paga antes", "%(count)d faturas pagas antes", count) % {
        "count": count
    }
    if not row.what:
        return words
    return _("%(days)s dias depois do vencimento (%(paid)s)") % {
        "days": row.what,
        "paid": words,
    }


def changes_of(what_if: Mapping[str, Any]) -> str:
    return ", ".join(str(CHANGES[name]) for name in CHANGES if name in what_if)
