"""Revenue that days to come have yet to earn: from its rows, and as the ledger says it."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import DateField, Q, Sum, Value
from django.db.models.functions import Coalesce, Greatest

from alicerce.apps.billing.models import Deferral, Recognition
from alicerce.apps.billing.models.deferral import Earned
from alicerce.apps.ledger import public as ledger
from alicerce.apps.ledger.types import DEFERRED
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import as_operator


def tenants_behind(at: datetime) -> list[UUID]:
    """Who may have a day to recognize, wherever they are. Call it outside of any tenant."""
    tomorrow = at.date() + timedelta(days=1)  # somewhere it is tomorrow already
    with as_operator():
        reached = Recognition.objects.filter(until__lt=tomorrow).order_by("tenant_id")
        return list(reached.values_list("tenant_id", flat=True))


def is_recognition_due(at: datetime) -> bool:
    today = at.astimezone(ZoneInfo(tenancy.tenant_card().time_zone)).date()
    return bool(Recognition.objects.filter(until__lt=today).exists())


def recognized_until() -> date | None:
    """Up to which day the books know what was earned; None before anything was set apart."""
    found: date | None = Recognition.objects.values_list("until", flat=True).first()
    return found


def unearned(day: date) -> dict[str, int]:
    """By currency, what the rows say was not earned at the end of that day."""
    rows = Deferral.objects.on(day).with_unearned(day).values_list("currency")
    found = rows.annotate(cents=Sum("unearned_cents")).order_by("currency")
    return {currency: int(cents) for currency, cents in found if cents}


def deferred_balance(before: datetime | None = None) -> dict[str, int]:
    """By currency, what the ledger says of the same; before a moment, or now."""
    said = ledger.ledger_balance(DEFERRED, before=before)
    return {one.currency: -one.cents for one in said if one.cents}


def deferred_difference() -> dict[str, int]:
    """By currency, the ledger less the rows: nothing, however far the recognition is."""
    until = recognized_until()
    said, rows = deferred_balance(), _in_the_books(until) if until else {}
    found = {name: said.get(name, 0) - rows.get(name, 0) for name in said.keys() | rows.keys()}
    return {name: cents for name, cents in found.items() if cents}


def _in_the_books(until: date) -> dict[str, int]:
    """What was not posted yet of each row: from its beginning, or the last day posted, to its end."""
    posted = Greatest("begun_on", Value(until, output_field=DateField()))
    rest = Earned("amount_cents", "starts_on", "ends_on", Coalesce("closed_on", "ends_on"))
    said = Earned("amount_cents", "starts_on", "ends_on", posted)
    rows = Deferral.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=posted), ends_on__gt=until
    )
    found = rows.values_list("currency").annotate(cents=Sum(rest - said)).order_by()
    return {currency: int(cents) for currency, cents in found}
