"""How long an order waits, and a link that cancels it."""

from datetime import timedelta

UNPAID_FOR = timedelta(days=7)
"""An order that nobody paid in that time is canceled by the clock."""
CANCEL_LINK_LASTS = timedelta(hours=24)
