"""Taxes of the current tenant, and what is needed to tax many customers at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import number_format

from alicerce.apps.catalog import public as catalog
from alicerce.apps.customers import public as customers
from alicerce.apps.taxes.errors import NoSuchTax
from alicerce.apps.taxes.models import CustomerPlace, Exemption, PlanCode, TaxRate
from alicerce.apps.taxes.rules import order_of
from alicerce.apps.taxes.types import (
    ExemptionCard,
    Payer,
    PlaceCard,
    PlanCodes,
    TaxBook,
    TaxCard,
    TaxesAhead,
)
from alicerce.apps.tenancy import public as tenancy


def local_day(at: datetime) -> date:
    """The day it is where the company is: that day's taxes are asked for."""
    return at.astimezone(ZoneInfo(tenancy.time_zone())).date()


def percent(ppm: int) -> str:
    """A rate as people of this language write it, with as many places as it needs."""
    whole = f"{ppm / 10_000:.4f}".rstrip("0").rstrip(".")
    return f"{number_format(whole)}%"


def taxes() -> list[TaxCard]:
    return sorted((row.card() for row in TaxRate.objects.all()), key=order_of)


def tax(tax_id: UUID) -> TaxCard:
    """Raises NoSuchTax."""
    found = TaxRate.objects.filter(pk=tax_id).first()
    if found is None:
        raise NoSuchTax
    card: TaxCard = found.card()
    return card


def exemptions_of(customer_id: UUID) -> list[ExemptionCard]:
    rows = Exemption.objects.filter(customer_id=customer_id).order_by("-starts_on", "-id")
    return [row.card() for row in rows]


def place_of(customer_id: UUID) -> PlaceCard | None:
    found = CustomerPlace.objects.filter(customer_id=customer_id).first()
    return found.card() if found else None


def plan_codes(plan_id: UUID) -> PlanCodes | None:
    found = PlanCode.objects.filter(plan_id=plan_id).first()
    return found.codes() if found else None


def codes_of_service(service_code: str) -> PlanCodes | None:
    """What a plan of this service is told to be, beside its code."""
    found = PlanCode.objects.filter(service_code=service_code).order_by("id").first()
    return found.codes() if found else None


def tax_book(
    customer_ids: Collection[UUID], price_ids: Collection[UUID], *, on: date
) -> TaxBook:
    """What taxes these customers, for these prices, that day: as many statements as for one."""
    codes = _codes(price_ids)
    cards = [row.card() for row in TaxRate.objects.in_force(on).order_by("id")]
    if not cards:
        return TaxBook((), {}, codes)
    return TaxBook(cards, _payers(customer_ids, on), codes)


def payer_of(customer_id: UUID, *, on: date) -> Payer:
    """Raises KeyError for a customer that is not there."""
    return _payers([customer_id], on)[customer_id]


def _codes(price_ids: Collection[UUID]) -> dict[UUID, PlanCodes]:
    if not price_ids:
        return {}
    by_plan = {row.plan_id: row.codes() for row in PlanCode.objects.all()}
    if not by_plan:
        return {}
    plans = catalog.plans_of_prices(price_ids)
    return {price: by_plan[plan] for price, (plan, _name) in plans.items() if plan in by_plan}


def _payers(customer_ids: Collection[UUID], on: date) -> dict[UUID, Payer]:
    facts = customers.fiscal_facts(customer_ids)
    places = _places(customer_ids)
    exempt = _exempt(customer_ids, on)
    return {
        id_: Payer(
            kind=found.kind,
            country=places[id_].country if id_ in places else "BR",
            state=(places[id_].state if id_ in places else "") or found.state,
            city_code=places[id_].city_code if id_ in places else "",
            withholds_iss=found.iss_withheld,
            locale=found.locale,
            exempt=exempt.get(id_, frozenset()),
        )
        for id_, found in facts.items()
    }


def _places(customer_ids: Collection[UUID]) -> Mapping[UUID, PlaceCard]:
    rows = CustomerPlace.objects.filter(customer_id__among=customer_ids)
    return {row.customer_id: row.card() for row in rows}


def _exempt(customer_ids: Collection[UUID], on: date) -> dict[UUID, frozenset[str]]:
    rows = Exemption.objects.filter(customer_id__among=customer_ids, starts_on__lte=on)
    found: dict[UUID, set[str]] = defaultdict(set)
    for row in rows:
        if row.ends_on is None or on <= row.ends_on:
            found[row.customer_id].add(row.kind)
    return {id_: frozenset(kinds) for id_, kinds in found.items()}


def taxes_ahead(
    customer_ids: Collection[UUID], price_ids: Collection[UUID], *, since: date
) -> TaxesAhead:
    """All that taxes these customers from this day on, however far one looks."""
    cards = [row.card() for row in TaxRate.objects.order_by("id")]
    exempt: dict[UUID, list[ExemptionCard]] = defaultdict(list)
    for row in Exemption.objects.filter(customer_id__in=customer_ids):
        exempt[row.customer_id].append(row.card())
    payers = {
        id_: replace(payer, exempt=frozenset())
        for id_, payer in _payers(customer_ids, since).items()
    }
    lasting = [one for one in cards if one.ends_on is None or one.ends_on >= since]
    return TaxesAhead(TaxBook(lasting, payers, _codes(price_ids)), exempt)
