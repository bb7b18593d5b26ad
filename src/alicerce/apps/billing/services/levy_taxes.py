"""Put taxes on what is about to be invoiced: many customers with as many statements as one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from alicerce.apps.billing.queries.charged_taxes import charged_levies
from alicerce.apps.billing.rules.levying import UNTAXED, Levying, levied, previewed
from alicerce.apps.billing.types import InvoiceKind, LineKind, NewInvoice, NewLine
from alicerce.apps.billing.types.taxes import TaxPreview
from alicerce.apps.taxes import public as taxes
from alicerce.apps.taxes.types import Levy, Payer, TaxBook
from alicerce.kernel.db import transaction

Charged = Mapping[tuple[UUID, UUID | None], Sequence[Levy]]


@transaction(shared=True)
def levy_taxes(*, drafts: Sequence[NewInvoice], at: datetime) -> list[Levying]:
    """Each invoice with its taxes of that day, in the customer's language.

    What gives back days that were charged before gives back the taxes that they were charged with.
    """
    asked = [draft for draft in drafts if draft.kind == InvoiceKind.SALE]
    if not asked:
        return [Levying(draft.lines, ()) for draft in drafts]
    on = taxes.local_day(at)
    book = taxes.tax_book(
        {draft.customer_id for draft in asked},
        {line.price_id for draft in asked for line in draft.lines if line.price_id},
        on=on,
    )
    charged = charged_levies(_credits(asked))
    return [
        _levied(draft.lines, book.payers.get(draft.customer_id, Payer()), book, charged, on)
        if draft.kind == InvoiceKind.SALE
        else Levying(draft.lines, ())
        for draft in drafts
    ]


def preview_taxes(*, customer_id: UUID, lines: Sequence[NewLine], at: datetime) -> TaxPreview:
    """What an invoice of these lines would ask this customer for. Nothing is written."""
    [found] = levy_taxes(drafts=[NewInvoice(customer_id, lines, taxes.local_day(at))], at=at)
    return previewed(found, len(lines))


@transaction(shared=True)
def preview_for(*, payer: Payer, lines: Sequence[NewLine], at: datetime) -> TaxPreview:
    """The same for somebody who is no customer yet."""
    on = taxes.local_day(at)
    book = taxes.tax_book((), {line.price_id for line in lines if line.price_id}, on=on)
    return previewed(_levied(lines, payer, book, {}, on), len(lines))


def levied_from(*, lines: Sequence[NewLine], payer: Payer, book: TaxBook, on: date) -> Levying:
    """These lines with the taxes of that day, out of a book that was read already."""
    return _levied(lines, payer, book, {}, on)


def _levied(
    lines: Sequence[NewLine], payer: Payer, book: TaxBook, charged: Charged, on: date
) -> Levying:
    coded = [_coded(line, book) for line in lines]
    levies = [_of_line(line, payer, book, charged, on) for line in coded]
    if not any(levies):
        return Levying(coded, ())
    with translation.override(payer.locale):
        return levied(coded, levies, added=_added, withheld=_withheld)


def _coded(line: NewLine, book: TaxBook) -> NewLine:
    code = book.service_code(line.price_id)
    return replace(line, service_code=code) if code else line


def _of_line(
    line: NewLine, payer: Payer, book: TaxBook, charged: Charged, on: date
) -> Sequence[Levy]:
    if line.kind in UNTAXED:
        return ()
    if line.kind == LineKind.CREDIT and line.given_back_of:
        return charged.get((line.given_back_of, line.subscription_id), ())
    return taxes.levies(book.cards, payer, service_code=line.service_code, on=on)


def _credits(drafts: Sequence[NewInvoice]) -> set[tuple[UUID, UUID | None]]:
    return {
        (line.given_back_of, line.subscription_id)
        for draft in drafts
        for line in draft.lines
        if line.kind == LineKind.CREDIT and line.given_back_of
    }


def _added(levy: Levy) -> str:
    return f"{levy.name} ({taxes.percent(levy.rate_ppm)})"


def _withheld(levy: Levy) -> str:
    return _("%(tax)s retido (%(rate)s)") % {
        "tax": levy.name,
        "rate": taxes.percent(levy.rate_ppm),
    }
