"""Kept cards, and who may be charged by itself."""

from collections.abc import Collection as Many
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from alicerce.apps.billing import public as billing
from alicerce.apps.collecting.errors import NoSuchCard
from alicerce.apps.collecting.models import Autopay, Card, Collection, Payer, Visit
from alicerce.apps.collecting.rules.choosing import first_way
from alicerce.apps.collecting.rules.retrying import WARN_BEFORE
from alicerce.apps.collecting.types import CardView, VisitView, Way
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import as_operator

FEW = 20


def zone() -> ZoneInfo:
    return ZoneInfo(tenancy.time_zone())


def today(at: datetime) -> date:
    """The day it is where the company is."""
    return at.astimezone(zone()).date()


def cards_of(customer_id: UUID) -> tuple[CardView, ...]:
    """Those that are kept, the one that is charged first."""
    rows = Card.objects.kept().filter(customer_id=customer_id).select_related("payer")
    found = list(rows.order_by("-is_default", "-id")[:FEW])
    charging = billing.charging_accounts() if found else []
    return tuple(
        replace(row.view(), is_idle=row.payer.account_id not in charging) for row in found
    )


def card(card_id: UUID) -> CardView:
    """One that is kept. Raises NoSuchCard."""
    found = Card.objects.kept().filter(pk=card_id).first()
    if found is None:
        raise NoSuchCard
    view: CardView = found.view()
    return view


def pays_by_itself(customer_id: UUID) -> bool:
    """Keeping a card was the consent; switching it off is remembered."""
    said = Autopay.objects.filter(customer_id=customer_id).first()
    return said.is_on if said else True


def way_chosen(customer_id: UUID) -> str:
    """What they said should pay where both could; empty while they said nothing."""
    said = Autopay.objects.filter(customer_id=customer_id).values_list("way", flat=True)
    return said.first() or ""


def is_bank_first(customer_id: UUID, *, at: datetime) -> bool:
    """For who has an authorisation that stands."""
    has_card = card_to_charge(customer_id, today=today(at)) is not None
    way = first_way(way_chosen(customer_id), has_card=has_card, has_mandate=True)
    return way == Way.BANK and pays_by_itself(customer_id)


def has_card(customer_id: UUID) -> bool:
    return bool(Card.objects.kept().filter(customer_id=customer_id).exists())


def card_to_charge(customer_id: UUID, *, today: date) -> Card | None:
    """Only the default one: which card is charged is the customer's choice."""
    usable = Card.objects.usable(today).filter(customer_id=customer_id, is_default=True)
    found: Card | None = usable.select_related("payer").first()
    return found if found and is_chargeable(found) else None


def is_chargeable(card: Card) -> bool:
    """Whether the account that keeps it makes charges: what a provider keeps is of no use elsewhere."""
    return card.payer.account_id in billing.charging_accounts()


def customers_charged_at(account_id: UUID) -> list[UUID]:
    """Whose default card is kept there."""
    rows = Card.objects.kept().filter(payer__account_id=account_id, is_default=True)
    return list(rows.order_by("customer_id").values_list("customer_id", flat=True))


def can_be_charged(customer_id: UUID, at: datetime) -> bool:
    """Whether a card that has not expired is charged by itself."""
    usable = card_to_charge(customer_id, today=today(at))
    return usable is not None and pays_by_itself(customer_id)


def visit(visit_id: UUID) -> VisitView:
    """Raises NoSuchCard when there is none."""
    found = Visit.objects.filter(pk=visit_id).first()
    if found is None:
        raise NoSuchCard
    view: VisitView = found.view()
    return view


def payer_ids(account_id: UUID, names: Many[str]) -> list[UUID]:
    """Those of these names that we know."""
    rows = Payer.objects.filter(account_id=account_id, external_id__in=names)
    return list(rows.values_list("id", flat=True))


def payers_of(customer_id: UUID) -> list[UUID]:
    return list(Payer.objects.filter(customer_id=customer_id).values_list("id", flat=True))


def expiring_cards(*, today: date, limit: int) -> list[UUID]:
    rows = Card.objects.expiring(today).order_by("expires_on", "id")
    return list(rows.values_list("id", flat=True)[:limit])


def tenants_with_work(at: datetime) -> set[UUID]:
    """Who has a card to charge, or to warn of. Call it outside of any tenant."""
    day = at.date()
    with as_operator():
        due = Collection.objects.filter(next_at__lte=at).order_by()
        soon = Card.objects.filter(
            removed_at__isnull=True,
            warned_at__isnull=True,
            expires_on__lte=day + WARN_BEFORE,
            expires_on__gte=day,
        ).order_by()
        found = set(due.values_list("tenant_id", flat=True).distinct())
        return found | set(soon.values_list("tenant_id", flat=True).distinct())
