"""Tell people of disputes: at once, when their last day is near, and how they end. Each of them each time once."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import formats, translation

from alicerce.apps.disputes.models import Answer, Dispute
from alicerce.apps.disputes.queries.letters import left_words, readers
from alicerce.apps.disputes.rules.course import days_left, mark_of
from alicerce.apps.disputes.types import UNDECIDED, DisputeStatus, Mark
from alicerce.apps.notify import public as notify
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction

BATCH = 100
DECIDED = {DisputeStatus.WON: Mark.WON, DisputeStatus.LOST: Mark.LOST}
TEMPLATES = {
    Mark.OPENED: "dispute_opened",
    Mark.WON: "dispute_won",
    Mark.LOST: "dispute_lost",
}


@transaction()
def tell_opened(*, dispute_id: UUID, at: datetime) -> None:
    """One that is decided already asks for nothing."""
    dispute = Dispute.objects.get(pk=dispute_id)
    if dispute.status in UNDECIDED:
        _write(dispute, Mark.OPENED, at=at)


@transaction()
def tell_decided(*, dispute_id: UUID, at: datetime) -> None:
    """Who accepted a claim decided it themselves, and a claim that came to nothing was none."""
    dispute = Dispute.objects.get(pk=dispute_id)
    if mark := DECIDED.get(DisputeStatus(dispute.status)):
        _write(dispute, mark, at=at)


@transaction()
def remind_due(*, at: datetime) -> int:
    """The reminders whose time is here; how many disputes that were."""
    due = Dispute.objects.due(at).order_by("remind_at", "id")
    rows = list(due.select_for_update(of=("self",), no_key=True, skip_locked=True)[:BATCH])
    for dispute in rows:
        _remind(dispute, at=at)
    return len(rows)


def _remind(dispute: Dispute, *, at: datetime) -> None:
    mark = mark_of(dispute.respond_by, at=at) if dispute.respond_by else None
    is_answered = Answer.objects.standing().filter(dispute_id=dispute.id).exists()
    if mark and dispute.status in UNDECIDED and not is_answered:
        _write(dispute, mark, at=at)
    dispute.expect_reminder(after=at)


def _write(dispute: Dispute, mark: Mark, *, at: datetime) -> None:
    tenant = tenancy.tenant_card()
    for name, address in readers():
        notify.send(
            template=TEMPLATES.get(mark, "dispute_due"),
            to=address,
            key=f"dispute:{dispute.id.hex}:{mark}:{name}",
            values={
                "amount": str(dispute.amount),
                "kind": str(dispute.kind),
                "reference": dispute.external_id,
                **_deadline(dispute.respond_by, tenant.time_zone, tenant.locale, at=at),
                "link_dispute": f"{tenant.base_url}/app/disputas/{dispute.id}/",
            },
            at=at,
            locale=tenant.locale,
        )


def _deadline(
    respond_by: datetime | None, time_zone: str, locale: str, *, at: datetime
) -> dict[str, str]:
    """The last moment and how many days that is, where the company is."""
    if respond_by is None:
        return {"respond_by": "", "left": ""}
    zone = ZoneInfo(time_zone)
    days = days_left(respond_by, at=at, zone=zone)
    with translation.override(locale):
        local = respond_by.astimezone(zone)
        return {
            "respond_by": formats.date_format(local, "SHORT_DATETIME_FORMAT"),
            "left": left_words(days),
        }
