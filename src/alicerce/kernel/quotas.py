"""When somebody is told how much is left of what is limited. Pure functions."""

from enum import StrEnum

NEAR_PERCENT = 80
WHOLE = 100


class Mark(StrEnum):
    NEAR = "near"
    REACHED = "reached"


def crossed(*, before: int, now: int, most: int) -> Mark | None:
    """The mark that was passed on the way; the higher one when both were."""
    if before < most <= now:
        return Mark.REACHED
    near = NEAR_PERCENT * most
    return Mark.NEAR if before * WHOLE < near <= now * WHOLE else None
