"""Step 4: the names of the account, in the server's own zone."""

from datetime import datetime

from alicerce.apps.dns import public as dns
from alicerce.apps.dns.types import NewZone, RecordSpec, RecordType
from alicerce.apps.hosting.models import ProvisioningRun, Service
from alicerce.apps.hosting.types import Clock, Outcome, Remark, Said, StepTask, Verdict

HOST = "whm"


def ask(task: StepTask, clock: Clock) -> Outcome:
    assert task.server is not None
    zone = NewZone(
        domain=task.domain,
        service_id=task.service_id,
        host=HOST,
        reference=str(task.server.id),
        ip=task.server.ip,
        nameservers=task.server.nameservers,
        records=records_of(task.domain, task.server.ip),
    )
    changes = dns.create_zone(new=zone, at=clock())
    said = Said(Remark.ZONE_READY, {"domain": task.domain, "changes": str(changes)})
    return Outcome(Verdict.DONE, said)


def settle(run: ProvisioningRun, service: Service, outcome: Outcome, at: datetime) -> Outcome:
    return outcome


def records_of(domain: str, ip: str) -> tuple[RecordSpec, ...]:
    address = RecordType.AAAA if ":" in ip else RecordType.A
    return (
        RecordSpec(name=domain, type=address, content=ip),
        RecordSpec(name=f"www.{domain}", type=RecordType.CNAME, content=domain),
    )
