"""What the page of a comparison is made of."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alicerce.apps.switching.types import (
    UNEXPLAINED,
    Difference,
    DifferenceKind,
    OldInvoiceView,
    ShadowCard,
)
from alicerce.apps.switching.web.components import NOTHING, url
from alicerce.apps.switching.web.words import KINDS, PLACES
from alicerce.kernel.money import Money
from alicerce.ui.component import Content
from alicerce.ui.formats import day, number
from alicerce.ui.layout import Section
from alicerce.ui.panels import EmptyState, Note, Stat, StatStrip
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, MoneyText


def summary(shadow: ShadowCard) -> list[Content]:
    strip = StatStrip(
        [
            Stat(_("Linhas iguais ao centavo"), number(shadow.matched), tone="ok"),
            Stat(_("Diferenças explicadas"), number(shadow.explained)),
            Stat(
                _("Sem explicação"),
                number(shadow.unexplained),
                tone="bad" if shadow.unexplained else "ok",
                url=url("switching_shadow", shadow.id) + "?sem=1",
            ),
            Stat(
                _("Faturas simuladas"),
                number(shadow.invoices),
                _("vencendo até %(day)s") % {"day": day(shadow.until)},
            ),
        ]
    )
    return [strip, _verdict(shadow)]


def _verdict(shadow: ShadowCard) -> Note:
    if shadow.unexplained:
        return Note(
            "bad",
            _("Enquanto houver uma delas, a cobrança não passa para cá."),
            title=_("Há diferenças sem explicação."),
        )
    return Note(
        "ok",
        _("A soma das diferenças é exatamente o que os dois totais têm de diferente."),
        title=_("Nenhuma diferença sem explicação."),
    )


def totals(shadow: ShadowCard) -> Section:
    theirs = {one.currency: one for one in shadow.theirs}
    ours = {one.currency: one for one in shadow.ours}
    rows = [
        TableRow(
            [
                Cell(code),
                MoneyText(theirs.get(code, Money(0, code))),
                MoneyText(ours.get(code, Money(0, code))),
                MoneyText(theirs.get(code, Money(0, code)) - ours.get(code, Money(0, code))),
            ]
        )
        for code in sorted(theirs.keys() | ours.keys())
    ]
    table = Table(
        _("Totais"),
        [
            Column(_("Moeda"), "name"),
            Column(_("Faturado no WHMCS"), "number"),
            Column(_("Seria faturado aqui"), "number"),
            Column(_("Diferença"), "number"),
        ],
        rows,
    )
    return Section(_("Totais"), [table])


def kinds_table(shadow: ShadowCard) -> Section:
    rows = [
        TableRow(
            [
                Cell(
                    str(KINDS[one.kind][0]),
                    url("switching_shadow", shadow.id) + f"?tipo={one.kind}",
                ),
                _explained(one.kind),
                number(one.rows),
                MoneyText(Money(one.cents)),
                str(KINDS[one.kind][1]),
            ]
        )
        for one in shadow.kinds
    ]
    table = Table(
        _("Por motivo"),
        [
            Column(_("Motivo"), "name"),
            Column(_("Explicada"), "status"),
            Column(_("Linhas"), "number"),
            Column(_("Soma"), "number"),
            Column(_("Por quê"), "extra"),
        ],
        rows,
        empty=EmptyState(_("Nenhuma"), _("Os dois cobram o mesmo."), icon="circle-check"),
    )
    return Section(_("Diferenças por motivo"), [table])


def differences_table(
    rows: Sequence[Difference], names: Mapping[UUID, Any], *, older: str
) -> Section:
    table = Table(
        _("Diferenças"),
        [
            Column(_("Onde"), "name"),
            Column(_("Motivo"), "status"),
            Column(_("Cliente")),
            Column(_("Vencimento")),
            Column(_("No WHMCS"), "number"),
            Column(_("Aqui"), "number"),
        ],
        [_difference(one, names) for one in rows],
        empty=EmptyState(_("Nenhuma"), _("Não há diferença assim."), icon="circle-check"),
        older=older,
    )
    return Section(_("Uma a uma"), [table])


def _difference(one: Difference, names: Mapping[UUID, Any]) -> TableRow:
    customer = names.get(one.customer_id) if one.customer_id else None
    here, there = one.values.get("here", ""), one.values.get("there", "")
    return TableRow(
        [
            Cell(f"{PLACES[one.place]} #{one.source_id}", "", _detail(one)),
            _tone(one.kind),
            Cell(customer["name"], url("switching_history", one.customer_id))
            if customer
            else NOTHING,
            day(one.due_on) if one.due_on else NOTHING,
            there or MoneyText(Money(one.theirs_cents, one.currency)),
            here or MoneyText(Money(one.ours_cents, one.currency)),
        ],
        alert=not one.is_explained,
    )


def _detail(one: Difference) -> str:
    said = one.values.get("words", "")
    invoice = _("Fatura %(number)s") % {"number": one.invoice} if one.invoice else ""
    return " · ".join(filter(None, (invoice, said)))


def _explained(kind: DifferenceKind) -> Badge:
    return Badge("bad", _("Não")) if kind in UNEXPLAINED else Badge("ok", _("Sim"))


def _tone(kind: DifferenceKind) -> Badge:
    return Badge("bad" if kind in UNEXPLAINED else "", KINDS[kind][0])


def history_table(rows: Sequence[OldInvoiceView], *, older: str) -> Table:
    words = {
        "paid": Badge("ok", _("Paga")),
        "unpaid": Badge("warn", _("Em aberto")),
        "cancelled": Badge("", _("Cancelada")),
        "refunded": Badge("", _("Estornada")),
        "collections": Badge("bad", _("Em cobrança")),
        "draft": Badge("", _("Rascunho")),
    }
    return Table(
        _("Faturas do sistema anterior"),
        [
            Column(_("Fatura"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Vencimento")),
            Column(_("Total"), "number"),
            Column(_("Pago"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(one.number, "", "; ".join(words for words, _cents in one.lines[:3])),
                    words[one.status],
                    day(one.due_on),
                    MoneyText(one.total),
                    MoneyText(one.paid),
                ]
            )
            for one in rows
        ],
        empty=EmptyState(_("Nenhuma fatura"), _("Nada veio deste cliente."), icon="receipt"),
        older=older,
    )
