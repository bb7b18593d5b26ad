"""What the pages of forecasts are made of."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alicerce.apps.forecasts.queries.rows import Sums
from alicerce.apps.forecasts.rules.months import months_between
from alicerce.apps.forecasts.types import (
    ForecastCard,
    Measure,
    Side,
    Sum,
)
from alicerce.apps.forecasts.web.words import (
    ASSUMPTIONS,
    MEASURES,
    STATES,
    changes_of,
)
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money, number
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair, Step, Steps
from alicerce.ui.status import badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Link, TimeText

NOTHING = "–"
MONEY = (Measure.INVOICES, Measure.TAXES, Measure.PAYMENTS)
COUNTS = (
    Measure.MAILS,
    Measure.CHARGES,
    Measure.SUSPENSIONS,
    Measure.RESUMPTIONS,
    Measure.ENDS,
    Measure.PARKS,
)
OPENED_AS = {
    Measure.MAILS: "mail",
    Measure.CHARGES: "charge",
    Measure.PAYMENTS: "payment",
    Measure.SUSPENSIONS: "suspension",
    Measure.RESUMPTIONS: "resumption",
    Measure.ENDS: "end",
    Measure.PARKS: "park",
}


def url(name: str, *args: object, **query: str) -> str:
    said = urlencode({key: value for key, value in query.items() if value})
    return f"{reverse(f'workspace:{name}', args=args)}{'?' if said else ''}{said}"


def forecasts_table(found: Sequence[ForecastCard], *, may_ask: bool) -> Table:
    return Table(
        _("Previsões"),
        [
            Column(_("Previsão"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Quem paga")),
            Column(_("O que mudaria")),
            Column(_("Faturas"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(span_of(one), url("forecast", one.id), TimeText(one.asked_at)),
                    badge(STATES, one.state),
                    str(ASSUMPTIONS[one.assumption]),
                    changes_of(one.what_if) or NOTHING,
                    number(one.invoices),
                ]
            )
            for one in found
        ],
        empty=EmptyState(
            _("Nenhuma previsão ainda"),
            _("Veja os próximos meses da sua cobrança antes que aconteçam. Nada é enviado."),
            LinkButton(_("Fazer previsão"), url("forecast_new"), variant="primary")
            if may_ask
            else "",
            icon="clock",
        ),
    )


def span_of(one: ForecastCard) -> str:
    return _("%(first)s a %(last)s") % {
        "first": day(one.begins_at.date()),
        "last": day(one.until),
    }


def ask_form(forms: Sequence[tuple[str, str, BaseForm]], *, errors: bool) -> Form:
    """One form of several parts: what happens by itself, and what would be different."""
    cards: list[Content] = [
        Card(form_fields(form), title=title, lead=lead) for title, lead, form in forms
    ]
    found = [FormErrors(form) for _title, _lead, form in forms if errors and form.errors]
    return Form(
        "",
        [*found, *cards],
        [
            Button(_("Calcular"), variant="primary", icon="clock"),
            LinkButton(_("Voltar"), url("forecasts"), variant="ghost"),
        ],
    )


def progress(one: ForecastCard) -> Steps:
    percent = min(99, round(100 * one.customers / one.total)) if one.total else None
    aside = _("%(done)s de %(total)s clientes") % {
        "done": number(one.customers),
        "total": number(one.total),
    }
    step = Step(_("Contar a história de cada cliente"), "now", aside=aside, percent=percent)
    return Steps([step], _("Andamento"))


def about(one: ForecastCard) -> KeyValues:
    return KeyValues(
        [
            Pair(_("Quem paga"), str(ASSUMPTIONS[one.assumption])),
            Pair(_("O que mudaria"), changes_of(one.what_if) or _("nada")),
            Pair(_("Clientes"), number(one.customers)),
            Pair(_("Faturas"), number(one.invoices)),
            Pair(_("Acontecimentos"), number(one.happenings)),
        ]
    )


def limits_note() -> Note:
    return Note(
        "info",
        _(
            "A previsão parte do que está registrado agora: não conta clientes novos, pedidos ainda"
            " não pagos, cancelamentos futuros nem uso medido que ainda não aconteceu."
        ),
        title=_("Nada foi enviado, cobrado ou suspenso."),
    )


def cancel_button(forecast_id: UUID) -> ConfirmDialog:
    return ConfirmDialog(
        "cancelar",
        Button(_("Cancelar")),
        _("Parar esta previsão?"),
        [_("O que já foi calculado fica, sem os totais.")],
        _("Parar"),
        url("forecast_cancel", forecast_id),
    )


def money_table(one: ForecastCard, sums: Sums, side: Side) -> Table:
    months = sorted(
        {(month, currency) for month, currency, measure in sums if measure in MONEY}
    )
    heads = [Column(str(MEASURES[each]), "number") for each in MONEY]
    return Table(
        _("Dinheiro por mês"),
        [Column(_("Mês"), "name"), Column(_("Faturas"), "number"), *heads],
        [
            TableRow([month_name(month), *_money_cells(one, sums, month, currency, side)])
            for month, currency in months
        ],
        empty=EmptyState(_("Nenhuma fatura"), _("Nada renova nestes meses."), icon="file-text"),
    )


def _money_cells(
    one: ForecastCard, sums: Sums, month: date, currency: str, side: Side
) -> list[Content]:
    def cell(measure: Measure, *, counts: bool = False) -> Content:
        found = amount_of(sums, (month, currency, measure), side)
        words = number(found.count) if counts else money(Money(found.cents, currency))
        return Link(words, rows_url(one, measure, month, side)) if found != Sum() else words

    return [cell(Measure.INVOICES, counts=True), *(cell(each) for each in MONEY)]


def counts_table(one: ForecastCard, sums: Sums, side: Side) -> Table:
    months = sorted({month for month, _currency, measure in sums if measure in COUNTS})
    return Table(
        _("Acontecimentos por mês"),
        [
            Column(_("Mês"), "name"),
            *(Column(str(MEASURES[each]), "number") for each in COUNTS),
        ],
        [
            TableRow([month_name(month), *_count_cells(one, sums, month, side)])
            for month in months
        ],
        empty=EmptyState(
            _("Nada acontece"), _("Nenhum e-mail, nenhuma suspensão."), icon="clock"
        ),
    )


def _count_cells(one: ForecastCard, sums: Sums, month: date, side: Side) -> list[Content]:
    def cell(measure: Measure) -> Content:
        own = [key for key in sums if key[0] == month and key[2] == measure]
        found = sum((amount_of(sums, key, side) for key in own), Sum())
        words = number(found.count)
        return Link(words, rows_url(one, measure, month, side)) if found != Sum() else words

    return [cell(each) for each in COUNTS]


def amount_of(sums: Sums, key: tuple[date, str, Measure], side: Side) -> Sum:
    both = sums.get(key)
    if both is None:
        return Sum()
    if side == Side.BOTH:
        return both[Side.CHANGED] - both[Side.BASE]
    return both[side]


def rows_url(one: ForecastCard, measure: Measure, month: date, side: Side) -> str:
    """The rows that a figure is the sum of; of a difference those that are not in both books."""
    query = {"livro": side.value, "mes": f"{month:%Y-%m}"}
    if side == Side.BOTH:
        query["so"] = "diferentes"
    if measure in OPENED_AS:
        return url("forecast_happenings", one.id, tipo=OPENED_AS[measure], **query)
    return url("forecast_invoices", one.id, **query)


def month_name(month: date) -> str:
    return date_format(month, "YEAR_MONTH_FORMAT")


def months_of(one: ForecastCard) -> list[date]:
    return months_between(one.begins_at.date(), one.until)
