"""What we would have billed, beside what was billed there: to the cent, and each difference with its reason.

What the sums differ by is what the differences sum to: no cent is left over that no row tells of.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from alicerce.apps.switching.rules.both import (
    NOBODY,
    Beside,
    Books,
    Key,
    Ours,
    Service,
    TaxOf,
    Theirs,
)
from alicerce.apps.switching.types import Difference, DifferenceKind, Place

_SPAN = re.compile(r"\((\d{1,4}[-/.]\d\d[-/.]\d{2,4})\s*-\s*(\d{1,4}[-/.]\d\d[-/.]\d{2,4})\)")
FORMATS: Mapping[str, str] = {
    "DD/MM/YYYY": "%d/%m/%Y", "DD.MM.YYYY": "%d.%m.%Y", "DD-MM-YYYY": "%d-%m-%Y",
    "MM/DD/YYYY": "%m/%d/%Y", "YYYY/MM/DD": "%Y/%m/%d", "YYYY-MM-DD": "%Y-%m-%d",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    matched: int
    differences: tuple[Difference, ...]
    ours: Mapping[str, int] = field(default_factory=dict)
    theirs: Mapping[str, int] = field(default_factory=dict)


def compare(books: Books) -> Comparison:
    """Line by line, then what belongs to no line, then how each service stands."""
    lines = [_line(books, key) for key in sorted(books.ours.keys() | books.theirs.keys())]
    found = [one for one in lines if one]
    touched = {(one.place, one.source_id) for one in found}
    others = [_beside(one) for one in books.beside]
    taxes = [one for tax in books.taxes if (one := _tax(books, tax, found))]
    standing = list(_standings(books, touched))
    return Comparison(
        len(lines) - len(found),
        (*found, *others, *taxes, *standing),
        _sum(
            [
                *((one.currency, one.cents) for one in books.ours.values()),
                *((tax.currency, tax.ours_cents) for tax in books.taxes),
            ]
        ),
        _sum(
            [
                *((one.currency, one.cents) for one in books.theirs.values()),
                *((more.currency, more.cents) for more in books.beside),
                *((tax.currency, tax.theirs_cents) for tax in books.taxes),
            ]
        ),
    )


def _tax(books: Books, tax: TaxOf, found: Sequence[Difference]) -> Difference | None:
    if tax.ours_cents == tax.theirs_cents:
        return None
    return Difference(
        kind=_why_other_tax(books, tax, found),
        place=Place.INVOICES,
        source_id=tax.invoices[0] if tax.invoices else 0,
        due_on=tax.due_on,
        ours_cents=tax.ours_cents,
        theirs_cents=tax.theirs_cents,
        currency=tax.currency,
        customer_id=tax.customer_id,
        invoice=tax.invoices[0] if tax.invoices else 0,
        values={"words": tax.words[:160]},
    )


def _why_other_tax(books: Books, tax: TaxOf, found: Sequence[Difference]) -> DifferenceKind:
    """Another tax of other lines is no wonder, nor is a cent for each line that is rounded here and not there."""
    differing = {(one.place, one.source_id, one.due_on) for one in found}
    has_more = any(one.invoice in tax.invoices for one in books.beside)
    is_of_others = not tax.keys or has_more or bool(tax.keys & differing)
    is_rounding = abs(tax.ours_cents - tax.theirs_cents) <= len(tax.keys)
    is_explained = not books.adds_taxes or is_of_others or is_rounding
    return DifferenceKind.TAX if is_explained else DifferenceKind.TAX_AMOUNT


def _line(books: Books, key: Key) -> Difference | None:
    ours, theirs = books.ours.get(key), books.theirs.get(key)
    service = books.services.get(key[:2], NOBODY)
    if ours and theirs:
        if (ours.cents, ours.currency) == (theirs.cents, theirs.currency):
            return None
        kind = _why_other(ours, theirs, service, books.date_format)
    elif theirs:
        kind = _why_only_there(service)
    else:
        kind = _why_only_here(service, key[2], is_canceled=key in books.canceled)
    return Difference(
        kind=kind,
        place=key[0],
        source_id=key[1],
        due_on=key[2],
        ours_cents=ours.cents if ours else 0,
        theirs_cents=theirs.cents if theirs else 0,
        currency=(theirs or ours).currency,  # type: ignore[union-attr]  # one of them is there
        customer_id=ours.customer_id if ours else service.customer_id,
        invoice=theirs.invoice if theirs else 0,
    )


def _why_other(
    ours: Ours, theirs: Theirs, service: Service, date_format: str
) -> DifferenceKind:
    if service.changed_here:
        return DifferenceKind.CHANGED_HERE
    if theirs.cents in service.prices:
        return DifferenceKind.PRICE_CHANGED
    if _is_prorated(ours, theirs, date_format):
        return DifferenceKind.PRORATED
    return DifferenceKind.AMOUNT


def _is_prorated(ours: Ours, theirs: Theirs, date_format: str) -> bool:
    """The item says itself that it is for fewer days, and asks for just these days of the price."""
    days = span_of(theirs.words, date_format)
    whole = (ours.ends_on - ours.starts_on).days
    if days is None or not 0 < days < whole:
        return False
    return theirs.cents == (2 * ours.cents * days + whole) // (2 * whole)


def span_of(words: str, date_format: str) -> int | None:
    """How many days an item says that it is for, the last one included."""
    found = _SPAN.search(words)
    if found is None:
        return None
    pattern = FORMATS.get(date_format, "%d/%m/%Y")
    try:
        first, last = (datetime.strptime(one, pattern) for one in found.groups())  # noqa: DTZ007 - days
    except ValueError:
        return None
    return (last - first).days + 1


def _why_only_there(service: Service) -> DifferenceKind:
    if not service.is_ours:
        return DifferenceKind.NEW_SERVICE if service.is_new else DifferenceKind.NOT_BROUGHT
    if service.changed_here:
        return DifferenceKind.CHANGED_HERE
    return DifferenceKind.ONLY_THERE if service.runs_here else DifferenceKind.NOT_RUNNING


def _why_only_here(service: Service, due: date, *, is_canceled: bool) -> DifferenceKind:
    if service.changed_here:
        return DifferenceKind.CHANGED_HERE
    stopped = service.changed_there and service.status_there != service.status_here
    if stopped or is_canceled:
        return DifferenceKind.CHANGED_THERE
    waits = service.due_there is not None and service.due_there < due == service.next_there
    return DifferenceKind.AWAITS_PAYMENT if waits else DifferenceKind.ONLY_HERE


def _beside(one: Beside) -> Difference:
    return Difference(
        kind=one.kind,
        place=Place.INVOICES,
        source_id=one.invoice,
        due_on=None,
        ours_cents=0,
        theirs_cents=one.cents,
        currency=one.currency,
        customer_id=one.customer_id,
        invoice=one.invoice,
        values={"words": one.words[:160]},
    )


def _standings(books: Books, touched: set[tuple[Place, int]]) -> Iterable[Difference]:
    """How services stand and when they are due next; said once, where no line said it."""
    for (place, source_id), service in sorted(books.services.items()):
        if not service.is_ours or (place, source_id) in touched:
            continue
        if service.status_here != service.status_there:
            kind = _why_another_standing(service, DifferenceKind.STATUS)
            yield _standing(place, source_id, service, kind, "status")
        elif service.runs_here and service.next_here != service.next_there:
            kind = _why_another_standing(service, DifferenceKind.NEXT_DATE)
            yield _standing(place, source_id, service, kind, "next")


def _why_another_standing(service: Service, unexplained: DifferenceKind) -> DifferenceKind:
    if service.changed_here:
        return DifferenceKind.CHANGED_HERE
    is_status = unexplained == DifferenceKind.STATUS
    return DifferenceKind.CHANGED_THERE if is_status and service.changed_there else unexplained


def _standing(
    place: Place, source_id: int, service: Service, kind: DifferenceKind, what: str
) -> Difference:
    here, there = (
        (service.status_here, service.status_there)
        if what == "status"
        else (str(service.next_here or ""), str(service.next_there or ""))
    )
    return Difference(
        kind=kind,
        place=place,
        source_id=source_id,
        due_on=None,
        ours_cents=0,
        theirs_cents=0,
        currency="BRL",
        customer_id=service.customer_id,
        values={"here": here, "there": there},
    )


def _sum(amounts: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for currency, cents in amounts:
        found[currency] += cents
    return dict(found)
