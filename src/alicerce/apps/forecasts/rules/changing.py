"""What would be different: another price, another tax, another ladder, put in the place of what is."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from alicerce.apps.dunning.types import LadderSpec
from alicerce.apps.forecasts.rules.book import Book
from alicerce.apps.forecasts.types import PriceChange, TaxChange, WhatIf
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types import ItemKind, NewItem
from alicerce.apps.taxes.types import TaxCard, TaxesAhead

WHOLE = 10_000
NEW_TAX = UUID(int=0)
"""The name of a tax that nobody wrote down."""


def ladder_of(change: WhatIf, book: Book) -> LadderSpec:
    """Only the default ladder is another: who has one of their own keeps it."""
    has_own = book.override is not None and book.override.ladder_id is not None
    return change.ladder if change.ladder and not has_own else book.ladder


def taxes_of(change: WhatIf, taxes: TaxesAhead) -> TaxesAhead:
    if change.tax is None:
        return taxes
    cards = [_until(card, change.tax) for card in taxes.book.cards]
    fresh = TaxCard(NEW_TAX, change.tax.spec, None)
    return replace(taxes, book=replace(taxes.book, cards=[*cards, fresh]))


def _until(card: TaxCard, change: TaxChange) -> TaxCard:
    """The one that is replaced has its last day before the new one begins."""
    if card.id != change.instead_of:
        return card
    return replace(card, ends_on=change.spec.starts_on - timedelta(days=1))


def repricing(
    change: WhatIf, plans: Mapping[UUID, UUID]
) -> Callable[[subscriptions.Due], subscriptions.Due] | None:
    price = change.price
    if price is None:
        return None

    def reprice(due: subscriptions.Due) -> subscriptions.Due:
        if not _is_meant(due, price, plans):
            return due
        items = [_repriced(item, price) for item in due.items]
        total = sum(item.total_cents for item in items)
        return replace(due, items=items, usual_cents=max(due.usual_cents, total))

    return reprice


def _is_meant(due: subscriptions.Due, price: PriceChange, plans: Mapping[UUID, UUID]) -> bool:
    is_plan = due.price_id is not None and plans.get(due.price_id) == price.plan_id
    is_price = due.currency == price.currency and price.cycle in {None, due.cycle}
    return is_plan and is_price and due.starts_on >= price.since


def _repriced(item: NewItem, price: PriceChange) -> NewItem:
    """The plan alone; what goes with it costs what it cost. Half a cent rounds up."""
    if item.kind != ItemKind.PLAN:
        return item
    if price.amount_cents is not None:
        return replace(item, unit_cents=price.amount_cents)
    cents = item.unit_cents * (WHOLE + (price.percent_bp or 0))
    return replace(item, unit_cents=max(0, (2 * cents + WHOLE) // (2 * WHOLE)))
