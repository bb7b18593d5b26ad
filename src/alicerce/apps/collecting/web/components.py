"""What the pages about kept cards are made of."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from alicerce.apps.billing.ports import SelfPayment
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.collecting.rules.names import card_name
from alicerce.apps.collecting.types import AttemptView, CardView, CollectionView
from alicerce.apps.collecting.web.words import (
    STATUSES,
    TRIGGERS,
    advice_of,
    reason_words,
)
from alicerce.ui.component import Content
from alicerce.ui.formats import day
from alicerce.ui.layout import Stack
from alicerce.ui.panels import EmptyState
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, MoneyText, Text, TimeText

NOTHING = "–"
Actions = Callable[[CardView], Content]


def name_of(card: CardView) -> str:
    return card_name(card.brand, card.last4)


def card_badge(card: CardView, *, today: date) -> Badge:
    if card.expires_on < today:
        return Badge("bad", _("Vencido"))
    if card.refused:
        return Badge("bad", _("Recusado"))
    if card.is_idle:
        return Badge("warn", _("Sem uso"))
    return Badge("ok", _("Principal")) if card.is_default else Badge("", _("Guardado"))


def cards_table(
    cards: Sequence[CardView], *, today: date, empty: Content, actions: Actions | None = None
) -> Table:
    columns = [
        Column(_("Cartão"), "name"),
        Column(_("Estado"), "status"),
        Column(_("Vale até")),
    ]
    if actions:
        columns.append(Column(_("Ações"), "actions"))
    return Table(
        _("Cartões guardados"),
        columns,
        [_card_row(card, today=today, actions=actions) for card in cards],
        empty=empty,
    )


def _card_row(card: CardView, *, today: date, actions: Actions | None) -> TableRow:
    why = reason_words(card.refused) if card.refused else _idle_words(card)
    cells: list[Content] = [
        Cell(name_of(card), "", why),
        card_badge(card, today=today),
        day(card.expires_on),
    ]
    return TableRow([*cells, actions(card)] if actions else cells)


def _idle_words(card: CardView) -> str:
    if not card.is_idle:
        return ""
    return _("A empresa não cobra pela conta que guarda este cartão.")


def open_table(
    invoices: Sequence[InvoiceSummary],
    told: Mapping[UUID, SelfPayment],
    collections: Mapping[UUID, CollectionView],
    *,
    url_of: Callable[[InvoiceSummary], str],
    action: Callable[[InvoiceSummary], Content],
) -> Table:
    """What is left to pay, and what pays it by itself."""
    return Table(
        _("Faturas em aberto"),
        [
            Column(_("Fatura"), "name"),
            Column(_("A pagar"), "number"),
            Column(_("O que acontece")),
            Column(_("Ações"), "actions"),
        ],
        [
            TableRow(
                [
                    Cell(
                        _("Fatura nº %(number)s") % {"number": invoice.code},
                        url_of(invoice),
                        _("Vencimento: %(day)s") % {"day": day(invoice.due_on)},
                    ),
                    MoneyText(invoice.remaining),
                    _next(told.get(invoice.id), collections.get(invoice.id)),
                    action(invoice),
                ]
            )
            for invoice in invoices
        ],
    )


def _next(told: SelfPayment | None, collection: CollectionView | None) -> Content:
    if collection and collection.is_charging:
        return STATUSES[collection.attempts[-1].status].badge
    last = collection.attempts[-1] if collection and collection.attempts else None
    parts: list[Content] = [Text(reason_words(last.reason))] if last and last.reason else []
    parts.append(Text(told.brief if told else _("Ninguém cobra esta fatura sozinho")))
    return Stack(parts)


def attempts_table(
    collections: Sequence[CollectionView], invoices: Mapping[UUID, InvoiceSummary]
) -> Table:
    rows = [
        _attempt_row(attempt, invoices.get(collection.invoice_id))
        for collection in collections
        for attempt in reversed(collection.attempts)
    ]
    return Table(
        _("Cobranças no cartão"),
        [
            Column(_("Fatura"), "name"),
            Column(_("Resultado"), "status"),
            Column(_("Por quê")),
            Column(_("Quando")),
            Column(_("Detalhe")),
        ],
        rows,
        empty=EmptyState(
            _("Nenhuma cobrança no cartão"),
            _("Cada vez que um cartão guardado é cobrado aparece aqui."),
            icon="credit-card",
        ),
    )


def _why(attempt: AttemptView) -> Content:
    if not attempt.reason:
        return NOTHING
    return Cell(reason_words(attempt.reason), "", advice_of(attempt.reason))


def _attempt_row(attempt: AttemptView, invoice: InvoiceSummary | None) -> TableRow:
    number = invoice.code if invoice else NOTHING
    return TableRow(
        [
            Cell(_("Fatura nº %(number)s") % {"number": number}, "", attempt.card),
            STATUSES[attempt.status].badge,
            str(TRIGGERS[attempt.trigger]),
            TimeText(attempt.begun_at),
            _why(attempt),
        ]
    )
