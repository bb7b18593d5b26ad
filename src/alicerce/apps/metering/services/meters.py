"""Count something of a plan, or count it no more."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.catalog import public as catalog
from alicerce.apps.metering.errors import BadMeter, MeterTaken, NoSuchMeter
from alicerce.apps.metering.events import MeterAdded, MeterRetired
from alicerce.apps.metering.models import Meter
from alicerce.apps.metering.rules import fault_of
from alicerce.apps.metering.types import MeterCard, MeterForm
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def add_meter(
    *, plan_id: UUID, form: MeterForm, at: datetime, currency: str = "BRL"
) -> MeterCard:
    """Raises NoSuchPlan, BadMeter, MeterTaken."""
    catalog.require_plan(plan_id)
    if fault := fault_of(form):
        raise BadMeter(fault)
    meter = Meter.of_form(plan_id, form, currency=currency)
    if not Meter.objects.add_once(meter):
        raise MeterTaken
    audit.record(
        action="meter.added", entity="plan", entity_id=plan_id, after=asdict(form), at=at
    )
    publish(MeterAdded(at=at, meter_id=meter.id, plan_id=plan_id, key=form.key))
    return meter.card()


@transaction()
def retire_meter(*, meter_id: UUID, at: datetime) -> MeterCard:
    """What it counted is still asked for. Asked again, it is the same. Raises NoSuchMeter."""
    try:
        meter: Meter = Meter.objects.lock(meter_id)
    except Meter.DoesNotExist:
        raise NoSuchMeter from None
    if meter.retire(at=at):
        audit.record(
            action="meter.retired",
            entity="plan",
            entity_id=meter.plan_id,
            before={"key": meter.key},
            at=at,
        )
        publish(MeterRetired(at=at, meter_id=meter.id, plan_id=meter.plan_id, key=meter.key))
    return meter.card()
