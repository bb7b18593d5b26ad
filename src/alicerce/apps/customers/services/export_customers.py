"""Give customers out as a file, a part at a time."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

from alicerce.apps.audit import public as audit
from alicerce.apps.customers.errors import NoSuchFile
from alicerce.apps.customers.events import CustomersExported, ExportStepDue
from alicerce.apps.customers.models import CustomerExport, ExportPart
from alicerce.apps.customers.queries.customers import customers
from alicerce.apps.customers.rules.sheets import BOM, write_lines
from alicerce.apps.customers.rules.wanted import as_words, from_words
from alicerce.apps.customers.types import CustomerRow, CustomerStatus, Exchange, Wanted
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting, current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

STEP, KEPT = 500, timedelta(hours=24)
HEADER = (
    "nome",
    "e-mail",
    "documento",
    "telefone",
    "nível",
    "etiquetas",
    "código externo",
    "situação",
    "cliente desde",
)
SITUATIONS = {
    CustomerStatus.ACTIVE: "ativo",
    CustomerStatus.BLOCKED: "bloqueado",
    CustomerStatus.CLOSED: "encerrado",
}


@transaction()
def request_export(*, wanted: Wanted, user_id: UUID, at: datetime) -> UUID:
    """Everybody on the list as it is narrowed now."""
    kept = as_words(wanted)
    export = CustomerExport.objects.create(owner_id=user_id, wanted=kept)
    audit.record(
        action="customer_export.requested",
        entity="customer_export",
        entity_id=export.id,
        after={"filters": sorted(kept)},
        at=at,
    )
    publish(ExportStepDue(at=at, export_id=export.id, part=0))
    return UUID(str(export.id))


@transaction()
def take_export_step(*, export_id: UUID, part: int, at: datetime) -> None:
    """Write this part. Once it was written, the same step does nothing more."""
    export = CustomerExport.objects.lock(export_id)
    if export.state != Exchange.RUNNING or export.parts != part:
        return
    page = customers(from_words(export.wanted), before=export.before, limit=STEP)
    zone = ZoneInfo(tenancy.tenant_card().time_zone)
    lines = [_line(row, zone) for row in page.customers]
    head = BOM + write_lines([HEADER]) if part == 0 else ""
    ExportPart.objects.create(source=export, position=part, body=head + write_lines(lines))
    export.advance(len(lines), before=page.next_before, at=at)
    if export.state == Exchange.RUNNING:
        publish(ExportStepDue(at=at, export_id=export_id, part=export.parts))
    else:
        _finish(export, at=at)


@transaction()
def abandon_export(*, export_id: UUID, part: int, at: datetime) -> bool:
    """The job that was to write this part died for good: what was written goes away.

    False when it was not waited for.
    """
    export = CustomerExport.objects.lock(export_id)
    if export.parts != part or not export.fail(at=at):
        return False
    ExportPart.objects.filter(source_id=export_id).delete()
    audit.record(
        action="customer_export.failed",
        entity="customer_export",
        entity_id=export.id,
        after={"written": export.written},
        at=at,
    )
    return True


def _finish(export: CustomerExport, *, at: datetime) -> None:
    audit.record(
        action="customer_export.finished",
        entity="customer_export",
        entity_id=export.id,
        after={"written": export.written},
        at=at,
    )
    publish(CustomersExported(at=at, export_id=export.id, written=export.written))


@transaction()
def take_away(*, export_id: UUID, user_id: UUID, at: datetime) -> Iterator[str]:
    """The file, for who asked for it, part by part; the trail says that it left. Raises NoSuchFile."""
    done = CustomerExport.objects.filter(
        pk=export_id, owner_id=user_id, state=Exchange.DONE, finished_at__gt=at - KEPT
    )
    if not done.exists():
        raise NoSuchFile
    audit.record(
        action="customer_export.downloaded",
        entity="customer_export",
        entity_id=export_id,
        at=at,
    )
    return _bodies(export_id, current_tenant_id())


def _bodies(export_id: UUID, tenant_id: UUID) -> Iterator[str]:
    """Each read when it is its turn: the request is over by then, and never holds them all."""
    parts = ExportPart.objects.filter(source_id=export_id).values_list("body", flat=True)
    for position in count():
        with acting(tenant_id=tenant_id), transaction():
            body = parts.filter(position=position).first()
        if body is None:
            return
        yield body


@transaction()
def forget_exports(*, at: datetime) -> int:
    """Drop the files nobody needs any more; how many parts that was."""
    old = ExportPart.objects.filter(source__finished_at__lt=at - KEPT)
    gone, _ = old.delete()
    return int(gone)


def _line(row: CustomerRow, zone: ZoneInfo) -> list[str]:
    return [
        row.name,
        row.email,
        row.document,
        row.phone,
        row.tier_name,
        ", ".join(row.tags),
        row.external_reference,
        SITUATIONS[row.status],
        row.created_at.astimezone(zone).date().isoformat(),
    ]
