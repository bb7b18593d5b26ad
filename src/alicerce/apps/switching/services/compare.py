"""Bill the book that was brought beside the other program: nothing is sent, charged or touched."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.switching.events import ShadowCompared, ShadowDue
from alicerce.apps.switching.models import (
    Dump,
    Link,
    Shadow,
    ShadowDifference,
    WouldBeInvoice,
)
from alicerce.apps.switching.queries.books import Compared, books_of, brought_on, dump_day
from alicerce.apps.switching.rules.both import Key, Ours
from alicerce.apps.switching.rules.comparing import Comparison, compare
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.ids import uuid7


@transaction()
def ask_comparison(*, dump_id: UUID, at: datetime) -> bool:
    """Compare a dump that was examined with the book that was brought before. False when none was."""
    if not Link.objects.filter(entity="subscription").exists():
        return False
    until = dump_day(Dump.objects.get(pk=dump_id))
    shadow = Shadow(dump_id=dump_id, since=min(brought_on(), until), until=until, begun_at=at)
    if not Shadow.objects.add_once(shadow):
        return False
    publish(ShadowDue(at=at, shadow_id=shadow.id))
    return True


@transaction()
def compare_books(*, shadow_id: UUID, at: datetime) -> bool:
    """All of it in one transaction: it only reads the book. False when it was done."""
    shadow: Shadow | None = (
        Shadow.objects.select_for_update(of=("self",), no_key=True)
        .select_related("dump")
        .filter(pk=shadow_id, finished_at__isnull=True)
        .first()
    )
    if shadow is None:
        return False
    compared = books_of(shadow.dump)
    found = compare(compared.books)
    _write(shadow, compared, found)
    shadow.finish(at=at)
    unexplained = sum(not one.is_explained for one in found.differences)
    explained = len(found.differences) - unexplained
    audit.record(
        action="switching.compared",
        entity="switching_shadow",
        entity_id=shadow.id,
        after={"explained": explained, "unexplained": unexplained},
        at=at,
    )
    publish(
        ShadowCompared(
            at=at,
            import_id=shadow.dump_id,
            shadow_id=shadow.id,
            explained=explained,
            unexplained=unexplained,
        )
    )
    return True


@transaction()
def abandon_comparison(*, shadow_id: UUID) -> None:
    """The job died for good: it may be asked for again."""
    Shadow.objects.filter(pk=shadow_id, finished_at__isnull=True).delete()


def _write(shadow: Shadow, compared: Compared, found: Comparison) -> None:
    invoices = _invoices(shadow, compared.books.ours, _taxes(compared))
    WouldBeInvoice.objects.bulk_create(invoices, batch_size=1_000)
    ShadowDifference.objects.bulk_create(
        (
            ShadowDifference(
                id=uuid7(),
                shadow=shadow,
                kind=one.kind,
                is_explained=one.is_explained,
                place=one.place,
                source_id=one.source_id,
                customer_id=one.customer_id,
                due_on=one.due_on,
                ours_cents=one.ours_cents,
                theirs_cents=one.theirs_cents,
                currency=one.currency,
                invoice=one.invoice,
                values=dict(one.values),
            )
            for one in found.differences
        ),
        batch_size=1_000,
    )
    shadow.since, shadow.until = compared.since, compared.until
    shadow.invoices, shadow.lines = len(invoices), len(compared.books.ours)
    shadow.matched = found.matched
    shadow.ours, shadow.theirs = dict(found.ours), dict(found.theirs)


def _taxes(compared: Compared) -> dict[tuple[UUID | None, date | None, str], int]:
    return {
        (one.customer_id, one.due_on, one.currency): one.ours_cents
        for one in compared.books.taxes
        if one.ours_cents
    }


def _invoices(
    shadow: Shadow,
    ours: Mapping[Key, Ours],
    taxes: Mapping[tuple[UUID | None, date | None, str], int],
) -> list[WouldBeInvoice]:
    """One for a customer, a day and a currency, as the billing run writes them."""
    groups: dict[tuple[UUID, date, str], list[tuple[Key, Ours]]] = defaultdict(list)
    for key, one in ours.items():
        groups[one.customer_id, one.starts_on, one.currency].append((key, one))
    return [
        WouldBeInvoice(
            id=uuid7(),
            shadow=shadow,
            customer_id=customer_id,
            due_on=due_on,
            currency=currency,
            total_cents=sum(one.cents for _, one in lines)
            + taxes.get((customer_id, due_on, currency), 0),
            lines=[
                {
                    "place": key[0].value,
                    "source_id": key[1],
                    "starts_on": one.starts_on.isoformat(),
                    "ends_on": one.ends_on.isoformat(),
                    "cents": one.cents,
                }
                for key, one in lines
            ],
        )
        for (customer_id, due_on, currency), lines in groups.items()
    ]
