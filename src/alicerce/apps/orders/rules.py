"""How long an order waits."""

from datetime import timedelta

UNPAID_FOR = timedelta(days=7)
"""An order that nobody paid in that time is canceled by the clock."""
MOST_QUANTITY = 10_000
"""Of one thing in one order."""
