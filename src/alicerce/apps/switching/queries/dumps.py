"""Dumps, what is to be said of their rows, and comparisons, as pages and programs read them."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Sum

from alicerce.apps.switching.errors import NoSuchDump
from alicerce.apps.switching.models import (
    Dump,
    OldInvoice,
    Shadow,
    ShadowDifference,
    StagedRow,
    Switch,
)
from alicerce.apps.switching.types import (
    Course,
    Difference,
    DifferenceKind,
    DumpCard,
    DumpStage,
    KindTotal,
    OldInvoiceView,
    Outcome,
    Place,
    ReportRow,
    ShadowCard,
)

PAGE = 50
MOST_IN_FILE = 200_000


def dumps(limit: int = PAGE) -> list[DumpCard]:
    return [dump.card() for dump in Dump.objects.newest_first()[:limit]]


def dump_row(dump_id: UUID) -> Dump:
    """Raises NoSuchDump."""
    found: Dump | None = Dump.objects.filter(pk=dump_id).first()
    if found is None:
        raise NoSuchDump
    return found


def report(
    dump_id: UUID, *, outcome: Outcome | None = None, after: UUID | None = None
) -> tuple[list[ReportRow], UUID | None]:
    """Rows with something to be said of them, as they were read; where the next page begins."""
    rows = StagedRow.objects.filter(dump_id=dump_id).worth_reporting(outcome)
    if after:
        rows = rows.filter(id__gt=after)
    found = list(rows.order_by("id")[: PAGE + 1])
    shown = [row.report() for row in found[:PAGE]]
    return shown, shown[-1].id if len(found) > PAGE else None


def whole_report(dump_id: UUID) -> Iterator[ReportRow]:
    rows = StagedRow.objects.filter(dump_id=dump_id).worth_reporting()
    for row in rows.order_by("id")[:MOST_IN_FILE]:
        yield row.report()


def remark_counts(dump_id: UUID) -> dict[str, int]:
    """How often each thing is said, from the rows themselves."""
    counted: dict[str, int] = {}
    rows = StagedRow.objects.filter(dump_id=dump_id).worth_reporting()
    for remarks in rows.values_list("remarks", flat=True):
        for code, _ in remarks:
            counted[code] = counted.get(code, 0) + 1
    return counted


def server_names_there(dump_id: UUID) -> list[str]:
    rows = StagedRow.objects.of(dump_id, Place.SERVERS).order_by("source_id")
    return sorted(
        {body.get("name") or "" for body in rows.values_list("body", flat=True)} - {""}
    )


def course() -> tuple[Course, Mapping[str, Any]]:
    switch = Switch.objects.first()
    if switch is None:
        return Course.BESIDE, {}
    return Course(switch.course), {
        "subscriptions": switch.subscriptions,
        "invoices": switch.invoices,
        "credits": switch.credits,
        "finished_at": switch.finished_at,
    }


def was_brought() -> bool:
    return bool(Dump.objects.filter(stage=DumpStage.BROUGHT).exists())


def shadow_of(dump_id: UUID) -> ShadowCard | None:
    """The last comparison of a dump."""
    found = Shadow.objects.filter(dump_id=dump_id).order_by("-id").first()
    return _counted(found) if found else None


def shadow_card(shadow_id: UUID) -> ShadowCard | None:
    found = Shadow.objects.filter(pk=shadow_id).first()
    return _counted(found) if found else None


def _counted(shadow: Shadow) -> ShadowCard:
    rows = (
        ShadowDifference.objects.filter(shadow=shadow)
        .values_list("kind")
        .annotate(rows=Count("id"), cents=Sum(F("theirs_cents") - F("ours_cents")))
        .order_by("kind")
    )
    card = shadow.card()
    kinds = tuple(KindTotal(DifferenceKind(kind), count, cents) for kind, count, cents in rows)
    return ShadowCard(**{**{n: getattr(card, n) for n in card.__slots__}, "kinds": kinds})


def differences(
    shadow_id: UUID,
    *,
    kind: DifferenceKind | None = None,
    unexplained: bool = False,
    after: UUID | None = None,
    limit: int = PAGE,
) -> tuple[list[Difference], UUID | None]:
    rows = ShadowDifference.objects.filter(shadow_id=shadow_id)
    if kind:
        rows = rows.filter(kind=kind)
    if unexplained:
        rows = rows.filter(is_explained=False)
    if after:
        rows = rows.filter(id__gt=after)
    found = list(rows.order_by("id")[: limit + 1])
    shown = found[:limit]
    return [row.view() for row in shown], shown[-1].id if len(found) > limit else None


def old_invoices(
    customer_id: UUID, *, before: UUID | None = None
) -> tuple[list[OldInvoiceView], UUID | None]:
    """What a customer was asked for there, the newest first."""
    rows = OldInvoice.objects.filter(customer_id=customer_id)
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    return [row.view() for row in shown], shown[-1].id if len(found) > PAGE else None
