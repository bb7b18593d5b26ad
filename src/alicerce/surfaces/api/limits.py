"""How often a key or an app, its company, and an address without a key may ask."""

from datetime import datetime
from math import ceil

from alicerce.apps.developers.types import Admission
from alicerce.kernel.ratelimit import Allowance, quota, take
from alicerce.kernel.rest.problems import TooManyRequests


def count_caller(admission: Admission, *, at: datetime, taken: list[Allowance]) -> None:
    """One request of this caller and of its company. Raises TooManyRequests.

    The caller comes first: what it is refused does not use up what others may ask of its company.
    """
    _count(admission.caller.value, admission.subject, at=at, taken=taken)
    _count("tenant", str(admission.home_id), at=at, taken=taken)


def count_stranger(ip: str | None, *, at: datetime, taken: list[Allowance]) -> None:
    """One request without a key that opens. Raises TooManyRequests."""
    _count("anonymous", ip or "nowhere", at=at, taken=taken)


def policy(taken: list[Allowance]) -> str:
    return ", ".join(
        f'"{one.quota.name}";q={one.quota.limit};w={int(one.quota.period.total_seconds())}'
        for one in taken
    )


def standing(taken: list[Allowance]) -> str:
    """What is left, and in how many seconds all of it is back."""
    return ", ".join(
        f'"{one.quota.name}";r={one.remaining};t={ceil(one.reset_after.total_seconds())}'
        for one in taken
    )


def _count(name: str, subject: str, *, at: datetime, taken: list[Allowance]) -> None:
    allowance = take(quota(name), subject, at=at)
    taken.append(allowance)
    if not allowance.allowed:
        raise TooManyRequests(headers={"Retry-After": str(max(1, allowance.retry_seconds))})
