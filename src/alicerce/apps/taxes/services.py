"""Write down taxes, who is exempt, where customers are, and what plans are to the law."""

import re
from datetime import date, datetime, timedelta
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.taxes.errors import (
    BadPlace,
    BadServiceCode,
    NoSuchExemption,
    NoSuchTax,
    TaxEnded,
    TaxNotSound,
)
from alicerce.apps.taxes.models import CustomerPlace, Exemption, PlanCode, TaxRate
from alicerce.apps.taxes.queries import local_day
from alicerce.apps.taxes.rules import is_sound, state_of
from alicerce.apps.taxes.types import PlaceCard, PlanCodes, TaxKind, TaxSpec
from alicerce.kernel.db import transaction

A_DAY = timedelta(days=1)
CODES = {"service_code": r"\d{6}", "nbs": r"(\d{9})?", "cnae": r"(\d{7})?"}
CITY_SERVICE = r"(\d{3})?"


@transaction()
def add_tax(*, spec: TaxSpec, at: datetime) -> UUID:
    """From a day on that is not over. Raises TaxNotSound."""
    if not is_sound(spec) or spec.starts_on < local_day(at):
        raise TaxNotSound
    row = TaxRate.objects.create(
        name=spec.name.strip(),
        kind=spec.kind,
        rate_ppm=spec.rate_ppm,
        manner=spec.manner,
        withholding=spec.withholding,
        country=spec.country,
        state=spec.state,
        city_code=spec.city_code,
        customer_kind=spec.customer_kind,
        service_code=spec.service_code,
        starts_on=spec.starts_on,
    )
    _record("tax.added", row, at=at)
    return UUID(str(row.id))


@transaction()
def end_tax(*, tax_id: UUID, ends_on: date, at: datetime) -> None:
    """Its last day: today or later, or the day before its first. Raises NoSuchTax, TaxEnded, TaxNotSound."""
    row = TaxRate.objects.select_for_update(of=("self",)).filter(pk=tax_id).first()
    if row is None:
        raise NoSuchTax
    if ends_on < max(local_day(at), row.starts_on) and ends_on != row.starts_on - A_DAY:
        raise TaxNotSound
    if ends_on < local_day(at) and row.starts_on <= local_day(at):
        raise TaxNotSound
    if not row.end(ends_on):
        raise TaxEnded
    _record("tax.ended", row, at=at)


@transaction()
def exempt_customer(
    *,
    customer_id: UUID,
    kind: TaxKind | None,
    reason: str,
    starts_on: date,
    at: datetime,
    ends_on: date | None = None,
) -> UUID:
    """Raises TaxNotSound for days that end before they begin."""
    if ends_on is not None and ends_on < starts_on:
        raise TaxNotSound
    row = Exemption.objects.create(
        customer_id=customer_id,
        kind=kind.value if kind else "",
        reason=reason.strip()[:200],
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _record_exemption("tax.exempted", row, at=at)
    return UUID(str(row.id))


@transaction()
def end_exemption(*, exemption_id: UUID, at: datetime) -> UUID:
    """Today is its last day, unless it is over already. Whose it was. Raises NoSuchExemption."""
    row = Exemption.objects.select_for_update(of=("self",)).filter(pk=exemption_id).first()
    if row is None:
        raise NoSuchExemption
    today = local_day(at)
    if row.ends_on is None or row.ends_on > today:
        row.end(today)
        _record_exemption("tax.exemption_ended", row, at=at)
    return UUID(str(row.customer_id))


@transaction()
def place_customer(*, customer_id: UUID, place: PlaceCard, at: datetime) -> None:
    """Where a customer is. The state of a city is the city's own. Raises BadPlace."""
    if place.city_code and not state_of(place.city_code):
        raise BadPlace
    state = state_of(place.city_code) or place.state
    CustomerPlace.objects.update_or_create(
        customer_id=customer_id,
        defaults={"country": place.country, "state": state, "city_code": place.city_code},
    )
    audit.record(
        action="tax.customer_placed",
        entity="customer",
        entity_id=customer_id,
        after={
            "country": place.country,
            "city_code": place.city_code,
        },
        at=at,
    )


@transaction()
def name_service(*, codes: PlanCodes, at: datetime) -> None:
    """Which service of the law a plan is, from the next invoice on. Raises BadServiceCode."""
    wanted = {**CODES, "city_service_code": CITY_SERVICE}
    said = {name: getattr(codes, name) for name in wanted}
    if any(not re.fullmatch(shape, said[name]) for name, shape in wanted.items()):
        raise BadServiceCode
    PlanCode.objects.update_or_create(plan_id=codes.plan_id, defaults=said)
    audit.record(
        action="tax.service_named", entity="plan", entity_id=codes.plan_id, after=said, at=at
    )


def _record(action: str, row: TaxRate, *, at: datetime) -> None:
    audit.record(
        action=action,
        entity="tax",
        entity_id=row.id,
        after={
            "name": row.name,
            "kind": row.kind,
            "rate_ppm": row.rate_ppm,
            "manner": row.manner,
            "withholding": row.withholding,
            "starts_on": row.starts_on.isoformat(),
            "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        },
        at=at,
    )


def _record_exemption(action: str, row: Exemption, *, at: datetime) -> None:
    audit.record(
        action=action,
        entity="customer",
        entity_id=row.customer_id,
        after={
            "kind": row.kind,
            "reason": Personal(row.reason, of=f"customer:{row.customer_id}"),
            "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        },
        at=at,
    )
