"""What privacy does by itself."""

from alicerce.apps.privacy import queries
from alicerce.apps.privacy.events import ErasureDue, ExportRequested
from alicerce.apps.privacy.services.erase import carry_out_erasure
from alicerce.apps.privacy.services.export import build_export, throw_away
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on


@on(ExportRequested, queue="bulk")
def build_requested_export(asked: ExportRequested) -> None:
    build_export(request_id=asked.request_id, at=now())


@every(seconds=3600)
def find_due_erasures() -> None:
    for tenant_id, request_id in queries.erasures_due(now()):
        with acting(tenant_id=tenant_id), transaction():
            publish(ErasureDue(at=now(), request_id=request_id))


@on(ErasureDue, queue="bulk")
def erase_due_person(due: ErasureDue) -> None:
    carry_out_erasure(request_id=due.request_id, at=now())


@every(seconds=3600)
def throw_expired_exports_away() -> None:
    for tenant_id in queries.tenants_with_expired_exports(now()):
        with acting(tenant_id=tenant_id):
            throw_away(at=now())
