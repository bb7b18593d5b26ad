"""What codes of reports are called, and how their values are written."""

from collections.abc import Mapping
from datetime import date

from babel import dates
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.reports.types import Cell, Column, Ratio, ReportName, Value
from alicerce.kernel.money import Money
from alicerce.ui.formats import day, locale, money, number, percent

Words = str | Promise
NO_DATA = gettext_lazy("sem dados")

REPORTS: Mapping[ReportName, tuple[Words, Words]] = {
    ReportName.MRR: (
        gettext_lazy("Receita recorrente"),
        gettext_lazy("O que as assinaturas trazem por mês, e o que mudou."),
    ),
    ReportName.CHURN: (
        gettext_lazy("Cancelamentos e valor do cliente"),
        gettext_lazy("Quem saiu, o que saiu junto, e quanto vale um cliente."),
    ),
    ReportName.AGING: (
        gettext_lazy("A receber por atraso"),
        gettext_lazy("O que as faturas em aberto pedem hoje."),
    ),
    ReportName.COLLECTED: (
        gettext_lazy("Recebido por forma"),
        gettext_lazy("O que entrou menos o que foi devolvido."),
    ),
    ReportName.TAX: (
        gettext_lazy("Impostos"),
        gettext_lazy("O que os lançamentos dizem que se deve."),
    ),
    ReportName.DEFERRED: (
        gettext_lazy("Receita a reconhecer"),
        gettext_lazy("O que foi faturado por dias que ainda vêm."),
    ),
    ReportName.MARGIN: (
        gettext_lazy("Margem por plano"),
        gettext_lazy("O que cada plano traz por mês menos o que custa."),
    ),
}
CODES: Mapping[str, Words] = {
    "month": gettext_lazy("Mês"),
    "total": gettext_lazy("Total"),
    "opening": gettext_lazy("Começo"),
    "mrr": gettext_lazy("MRR"),
    "arr": gettext_lazy("ARR"),
    "new": gettext_lazy("Novos"),
    "expansion": gettext_lazy("Expansão"),
    "contraction": gettext_lazy("Redução"),
    "churn": gettext_lazy("Cancelados"),
    "reactivation": gettext_lazy("Reativados"),
    "customers": gettext_lazy("Clientes"),
    "lost_customers": gettext_lazy("Clientes que saíram"),
    "customer_churn": gettext_lazy("Churn de clientes"),
    "lost_revenue": gettext_lazy("Receita que saiu"),
    "revenue_churn": gettext_lazy("Churn de receita"),
    "arpu": gettext_lazy("Receita por cliente (ARPU)"),
    "ltv": gettext_lazy("Valor do cliente (LTV)"),
    "age": gettext_lazy("Atraso"),
    "age:not_due": gettext_lazy("A vencer"),
    "age:1-30": gettext_lazy("1 a 30 dias"),
    "age:31-60": gettext_lazy("31 a 60 dias"),
    "age:61-90": gettext_lazy("61 a 90 dias"),
    "age:91-": gettext_lazy("Mais de 90 dias"),
    "invoices": gettext_lazy("Faturas"),
    "owed": gettext_lazy("A receber"),
    "overdue": gettext_lazy("Em atraso"),
    "overdue_share": gettext_lazy("Parte em atraso"),
    "share": gettext_lazy("Parte"),
    "collected": gettext_lazy("Recebido"),
    "method:pix": gettext_lazy("Pix"),
    "method:card": gettext_lazy("Cartão"),
    "method:transfer": gettext_lazy("Transferência"),
    "method:cash": gettext_lazy("Dinheiro"),
    "method:other": gettext_lazy("Outra forma"),
    "method:balance": gettext_lazy("Saldo"),
    "tax": gettext_lazy("Impostos"),
    "deferred": gettext_lazy("A reconhecer"),
    "to_earn": gettext_lazy("Será reconhecido"),
    "plan": gettext_lazy("Plano"),
    "services": gettext_lazy("Serviços"),
    "cost": gettext_lazy("Custo"),
    "margin": gettext_lazy("Margem"),
    "margin_share": gettext_lazy("Margem sobre a receita"),
    "mrr_with_cost": gettext_lazy("MRR com custo informado"),
    "subscription": gettext_lazy("Assinatura"),
    "customer": gettext_lazy("Cliente"),
    "day": gettext_lazy("Dia"),
    "kind": gettext_lazy("Mudança"),
    "kind:new": gettext_lazy("Novo"),
    "kind:expansion": gettext_lazy("Expansão"),
    "kind:contraction": gettext_lazy("Redução"),
    "kind:churn": gettext_lazy("Cancelado"),
    "kind:reactivation": gettext_lazy("Reativado"),
    "amount": gettext_lazy("Valor"),
    "invoice": gettext_lazy("Fatura"),
    "due_on": gettext_lazy("Vencimento"),
    "payment": gettext_lazy("Pagamento"),
    "method": gettext_lazy("Forma"),
    "account": gettext_lazy("Conta"),
    "movement": gettext_lazy("Movimento"),
    "first_day": gettext_lazy("Do dia"),
    "last_day": gettext_lazy("Ao dia"),
}


def word(code: str) -> str:
    """Its own name where it has no other: an account that came later."""
    return str(CODES.get(code, code.partition(":")[2] or code))


def month(value: date) -> str:
    return dates.format_date(value, format="MMM yyyy", locale=locale())


def shown(value: Value, column: Column | None = None) -> str:
    if value is None:
        return str(NO_DATA)
    if isinstance(value, Money):
        return money(value)
    if isinstance(value, Ratio):
        return percent(value.basis_points / 100)
    if isinstance(value, int):
        return number(value)
    if isinstance(value, date):
        return month(value) if column and column.code == "month" else day(value)
    return word(value) if _is_code(value) else value


def _is_code(value: str) -> bool:
    return value in CODES and (":" in value or value == "total")


def compared(before: Value) -> str:
    """The figure of the period before, under the one of this."""
    if before is None:
        return ""
    return _("Antes: %(value)s") % {"value": shown(before)}


def text(cell: Cell, column: Column) -> str:
    """For files: amounts without a sign that a spreadsheet would take for a formula's."""
    value = cell.value
    if isinstance(value, Money):
        cents = abs(value.cents)
        sign = "-" if value.cents < 0 else ""
        return f"{sign}{cents // 100},{cents % 100:02d}"
    if isinstance(value, date):
        return f"{value:%Y-%m}" if column.code == "month" else value.isoformat()
    return "" if value is None else shown(value, column)
