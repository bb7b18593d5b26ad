"""The days that count in privacy. Pure functions."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from alicerce.apps.privacy.types import Purpose

ANSWER_WITHIN = timedelta(days=15)
"""LGPD, art. 19, II."""
COOLING_OFF = timedelta(days=7)
LINK_LIVES = timedelta(hours=72)
LOGS_KEPT = timedelta(days=183)
"""Marco Civil da Internet, art. 15: six months of who used an application from where."""
FISCAL_YEARS = 5
MOST_BYTES = 20 * 2**20

VERSIONS: dict[Purpose, str] = {Purpose.NEWS: "2026-11", Purpose.STATISTICS: "2026-11"}
"""Of the words each purpose is asked for with; change both together."""


def due_on(asked_at: datetime, *, time_zone: str) -> date:
    return asked_at.astimezone(ZoneInfo(time_zone)).date() + ANSWER_WITHIN


def kept_until(last_paid_on: date | None) -> date | None:
    """Tax law counts five years from the first day of the year after (CTN, art. 173)."""
    return date(last_paid_on.year + 1 + FISCAL_YEARS, 1, 1) if last_paid_on else None


def next_visit(candidates: Iterable[datetime | None], *, at: datetime) -> datetime | None:
    """When what is kept until then has to go."""
    return min((moment for moment in candidates if moment and moment > at), default=None)
