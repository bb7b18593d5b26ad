"""Print what money is written on. Nothing here moves any: a sheet that fails leaves all as it was."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from alicerce.apps.billing.models import Paper
from alicerce.apps.billing.queries.sheets import Printable
from alicerce.kernel.db import transaction
from alicerce.ui.paper import Sheet, printed

KEPT_FOR = timedelta(days=30)
AT_ONCE = 500


def print_sheet(*, sheet: Sheet, customer_id: UUID, at: datetime) -> bytes:
    """The PDF, from before when it says the same. Never within a transaction. Raises PressFailed."""
    digest = sheet.digest
    with transaction():
        known = Paper.objects.filter(digest=digest).values_list("body", flat=True).first()
    if known is not None:
        return bytes(known)
    body = printed(sheet)
    with transaction():
        paper = Paper(customer_id=customer_id, digest=digest, body=body, made_at=at)
        Paper.objects.add_once(paper)
    return body


def printing(*, found: Printable, at: datetime) -> Callable[[], bytes]:
    """The same, to be done later: what it says was read already."""
    return partial(print_sheet, sheet=found.sheet, customer_id=found.customer_id, at=at)


@transaction()
def throw_papers_away(*, at: datetime) -> int:
    """Those that are old: they can be printed again. How many are gone."""
    gone: int = Paper.objects.made_before(at - KEPT_FOR).delete_some(most=AT_ONCE)
    return gone
