"""What the pages of corrections are made of."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.corrections.types import CorrectionView, Effect, Standing
from alicerce.apps.corrections.web.words import KINDS, STATES
from alicerce.kernel.money import Money
from alicerce.kernel.rest.answers import Row
from alicerce.ui.component import Content, Words
from alicerce.ui.formats import money
from alicerce.ui.layout import Card
from alicerce.ui.status import INVOICE, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import MoneyText, TimeText

NOTHING = "–"
Named = Mapping[UUID, Row]
Figure = tuple[Words, str, str]
"""What it is, before and after."""


def correction_url(correction_id: UUID) -> str:
    return reverse("workspace:correction", args=[correction_id])


def invoice_name(found: InvoiceSummary) -> str:
    return _("Fatura nº %(number)s") % {"number": found.code}


def corrections_table(
    corrections: Sequence[CorrectionView],
    invoices: Mapping[UUID, InvoiceSummary],
    customers: Named,
    *,
    empty: Content,
    newer: str,
    older: str,
) -> Table:
    return Table(
        _("Correções pedidas"),
        [
            Column(_("Correção"), "name"),
            Column(_("Estado"), "status"),
            Column(_("De quê")),
            Column(_("Cliente")),
            Column(_("Vale até")),
            Column(_("Valor"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(KINDS[one.kind], correction_url(one.id), TimeText(one.requested_at)),
                    badge(STATES, one.state),
                    _about(one, invoices),
                    _name(one, customers),
                    TimeText(one.expires_at) if one.is_waiting else NOTHING,
                    MoneyText(one.amount),
                ]
            )
            for one in corrections
        ],
        empty=empty,
        newer=newer,
        older=older,
    )


def _about(one: CorrectionView, invoices: Mapping[UUID, InvoiceSummary]) -> Words:
    if one.invoice_id is None:
        return NOTHING if one.payment_id is None else _("Pagamento")
    return invoice_name(invoices[one.invoice_id])


def _name(one: CorrectionView, customers: Named) -> Words:
    found = customers.get(one.customer_id) if one.customer_id else None
    return str(found["name"]) if found else NOTHING


def waiting_card(waiting: Sequence[CorrectionView]) -> list[Content]:
    """On the page of an invoice: what waits for a person about it. Nothing where nothing waits."""
    if not waiting:
        return []
    table = Table(
        _("Correções pedidas"),
        [
            Column(_("Correção"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Valor"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(KINDS[one.kind], correction_url(one.id), TimeText(one.requested_at)),
                    badge(STATES, one.state),
                    MoneyText(one.amount),
                ]
            )
            for one in waiting
        ],
    )
    return [Card([table], title=_("Correções pedidas"))]


def effect_card(effect: Effect, *, asked: Effect | None = None, is_done: bool = False) -> Card:
    """What changes, to the cent; beside it what was foreseen when it was asked for, where that was something else."""
    columns = [
        Column(_("O quê"), "name"),
        Column(_("Antes") if is_done else _("Agora"), "number"),
        Column(_("Depois"), "number"),
    ]
    told = {str(label): (before, after) for label, before, after in figures(asked or effect)}
    rows: list[list[Content]] = []
    for label, before, after in figures(effect):
        was = told.get(str(label), ("", ""))
        if before != after or was != (before, after):
            rows.append([label, before, after, *([" → ".join(was)] if asked else [])])
    if asked is not None:
        columns.append(Column(_("Quando foi pedida"), "number"))
    title = _("O que aconteceu") if is_done else _("O que vai acontecer")
    return Card([Table(title, columns, [TableRow(row) for row in rows])], title=title)


def figures(effect: Effect) -> Iterator[Figure]:
    """Each sum that the correction is about, and the invoice's state."""
    before, after, currency = effect.before, effect.after, effect.amount.currency
    sums = (
        (_("Falta pagar da fatura"), before.invoice_cents, after.invoice_cents),
        (_("Saldo do cliente"), before.wallet_cents, after.wallet_cents),
        (_("Pode voltar do pagamento"), before.payment_cents, after.payment_cents),
    )
    for label, was, becomes in sums:
        if was is not None and becomes is not None:
            yield label, money(Money(was, currency)), money(Money(becomes, currency))
    if before.invoice_status:
        yield _("Estado da fatura"), _state(before), _state(after)


def _state(standing: Standing) -> str:
    return str(INVOICE[standing.invoice_status].words)
