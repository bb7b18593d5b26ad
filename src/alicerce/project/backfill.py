"""Subscriptions that paid orders never got, company by company, a page of lines at a time."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types.backfill import LatePage
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting


def backfill(
    *, dry: bool, at: datetime, only: UUID | None = None
) -> Iterator[tuple[str, LatePage]]:
    """The company and each page as it is done. Stopped anywhere and run again, it ends the same."""
    names = tenancy.tenant_names()
    for tenant_id in tenancy.tenant_ids():
        if only in {None, tenant_id}:
            for page in _pages(tenant_id, dry=dry, at=at):
                yield names[tenant_id], page


def _pages(tenant_id: UUID, *, dry: bool, at: datetime) -> Iterator[LatePage]:
    after = None
    while True:
        with acting(tenant_id=tenant_id, actor="command line"):
            page = subscriptions.backfill_some(after=after, dry=dry, at=at)
        yield page
        after = page.next_after
        if after is None:
            return
