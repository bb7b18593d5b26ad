"""How the tenant bills, and which day it is there."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from alicerce.apps.subscriptions.models import BillingTerms
from alicerce.apps.tenancy import public as tenancy


def terms() -> BillingTerms:
    """The tenant's own terms, or what comes with the program."""
    found: BillingTerms | None = BillingTerms.objects.first()
    return found or BillingTerms()


def days_ahead() -> int:
    """How early the invoice of a period is issued."""
    return terms().days_ahead


def local_zone() -> ZoneInfo:
    return ZoneInfo(tenancy.time_zone())


def local_date(at: datetime) -> date:
    """The day that it is for the tenant."""
    return at.astimezone(local_zone()).date()
