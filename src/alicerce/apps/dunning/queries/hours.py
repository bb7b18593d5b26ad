"""When customers may be written to, whoever writes: as the company's ladder says."""

from datetime import datetime
from zoneinfo import ZoneInfo

from alicerce.apps.dunning.queries.ladders import default_ladder
from alicerce.apps.dunning.rules.calendar import within_business
from alicerce.apps.tenancy import public as tenancy


def next_letter_hour(at: datetime) -> datetime:
    """This instant, or the next within the hours and days of the company's own ladder."""
    terms = default_ladder().spec.terms
    return within_business(at, terms, ZoneInfo(tenancy.time_zone()))
