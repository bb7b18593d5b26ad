"""Local days of the platform, and up to which of them an account was asked for something."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from alicerce.apps.payers.models import Sale
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.tenancy import public as tenancy


def local_day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(tenancy.time_zone())).date()


def asked_until(company_id: UUID, product: str, *, account_id: UUID) -> date | None:
    """The day after the last one that this account was asked for; None when it never was."""
    own = Sale.objects.filter(company_id=company_id, product=product, account_id=account_id)
    last = own.order_by("-id").first()
    if last is None:
        return None
    period = subscriptions.subscription(last.subscription_id).period
    return period.ends_on if period else None
