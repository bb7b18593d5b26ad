"""What happened to an invoice after it was open, as its customer and the company's people see it."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.types.corrections import (
    CreditNoteView,
    Dossier,
    RefundView,
    WalletUseView,
)
from alicerce.apps.billing.web.money_words import METHODS, REFUND
from alicerce.kernel.brazil import display_domains
from alicerce.ui.component import Content
from alicerce.ui.layout import Card
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.status import badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import MoneyText, TimeText


def corrections(found: Dossier, *, says_why: bool = False, surface: str = "") -> list[Content]:
    """A card for each kind of thing that happened; none for what did not."""
    cards: list[Content] = []
    if found.uses:
        cards.append(_uses(found.uses))
    if found.credit_notes:
        cards.append(_notes(found.credit_notes, surface))
    if found.refunds:
        cards.append(_refunds(found.refunds, says_why=says_why))
    return cards


def _uses(uses: Sequence[WalletUseView]) -> Card:
    pairs = [Pair(TimeText(use.used_at), MoneyText(use.amount)) for use in uses]  # type: ignore[arg-type]
    return Card([KeyValues(pairs)], title=_("Pago com saldo"))


def _notes(notes: Sequence[CreditNoteView], surface: str) -> Card:
    table = Table(
        _("Notas de crédito"),
        [
            Column(_("Nota"), "name"),
            Column(_("Emitida")),
            Column(_("Virou saldo"), "number"),
            Column(_("Valor"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(note.code, _paper_of(note, surface), _about(note)),
                    TimeText(note.issued_at, "date"),
                    MoneyText(note.to_wallet),
                    MoneyText(note.total),
                ]
            )
            for note in notes
        ],
    )
    return Card([table], title=_("Notas de crédito"))


def _paper_of(note: CreditNoteView, surface: str) -> str:
    """Its PDF, where the reader may open it by who they are."""
    if not surface:
        return ""
    return reverse(f"{surface}:credit_note_pdf", args=[note.id])


def _about(note: CreditNoteView) -> str:
    lines = [f"{display_domains(words)}: {amount}" for words, amount in note.lines]
    return " · ".join([*lines, *([note.reason] if note.reason else [])])


def _refunds(refunds: Sequence[RefundView], *, says_why: bool) -> Card:
    table = Table(
        _("Devoluções"),
        [
            Column(_("Devolução"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Pedida")),
            Column(_("Valor"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(
                        str(METHODS[refund.method]),
                        "",
                        refund.detail if says_why and refund.detail else refund.reference,
                    ),
                    badge(REFUND, refund.status),
                    TimeText(refund.begun_at),
                    MoneyText(refund.amount),
                ]
            )
            for refund in refunds
        ],
    )
    return Card([table], title=_("Devoluções"))
