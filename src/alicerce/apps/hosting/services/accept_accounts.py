"""Open or close a server to new accounts. Those that live there stay."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting.models import Server
from alicerce.apps.hosting.services.call_next import call_held_up
from alicerce.kernel.db import transaction


@transaction()
def accept_accounts(*, server_id: UUID, accepting: bool, at: datetime) -> None:
    server = Server.objects.lock(server_id)
    if server.accepting == accepting:
        return
    server.accept(accepting=accepting)
    if accepting:
        call_held_up(server_id=server.id, at=at)
    audit.record(
        action="server.opened" if accepting else "server.closed",
        entity="server",
        entity_id=server.id,
        before={"accepting": not accepting},
        after={"accepting": accepting},
        at=at,
    )
