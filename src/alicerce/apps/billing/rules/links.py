"""How long the link of an invoice, which whoever holds it may open, shows that invoice. Pure functions."""

from datetime import datetime, timedelta

LINK_KEPT = timedelta(days=90)
"""After it was settled: long enough for a receipt, not for a mailbox that somebody inherits."""


def is_link_ended(*, is_payable: bool, settled_at: datetime | None, at: datetime) -> bool:
    """What can be paid keeps its link: late money is always accepted."""
    return not is_payable and settled_at is not None and at >= settled_at + LINK_KEPT
