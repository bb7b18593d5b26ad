"""What the database says about the orders of a demonstration."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from alicerce.kernel.db import as_operator

DELIVERIES = """
select o.number, i.status, i.paid_at, s.activated_at, s.status, coalesce(s.username, ''),
       coalesce(v.name, ''), s.domain,
       (select coalesce(sum(t.attempts), 0) from hosting_runstep t
          join hosting_provisioningrun r on r.tenant_id = t.tenant_id and r.id = t.run_id
         where r.tenant_id = s.tenant_id and r.service_id = s.id)
from orders_order o
join billing_invoice i on i.tenant_id = o.tenant_id and i.order_id = o.id
join orders_line l on l.tenant_id = o.tenant_id and l.order_id = o.id
left join hosting_service s on s.tenant_id = o.tenant_id and s.line_id = l.id
left join hosting_server v on v.tenant_id = s.tenant_id and v.id = s.server_id
where o.token = any(%s)
order by o.number
"""

UNFINISHED = """
select o.number, coalesce(r.status, 'no run'), coalesce(t.kind, 'no step'),
       coalesce(t.status, ''), coalesce(t.attempts, 0), r.next_at, coalesce(r.error, ''),
       (select string_agg(d.name || ': ' || d.error, '; ') from queue_dead d
         where d.payload like '%%' || r.id || '%%')
from orders_order o
join orders_line l on l.tenant_id = o.tenant_id and l.order_id = o.id
left join hosting_service s on s.tenant_id = o.tenant_id and s.line_id = l.id
left join hosting_provisioningrun r on r.tenant_id = s.tenant_id and r.service_id = s.id
left join hosting_runstep t on t.tenant_id = r.tenant_id and t.run_id = r.id and t.status <> 'done'
where o.token = any(%s) and s.status is distinct from 'active'
order by o.number, t.id
"""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One order: paid when, live when, after how many attempts, and as which account."""

    number: int
    invoice: str
    paid_at: datetime | None
    active_at: datetime | None
    service: str | None
    username: str
    server: str
    domain: str | None
    attempts: int

    @property
    def is_paid(self) -> bool:
        return self.invoice == "paid"

    @property
    def is_live(self) -> bool:
        return self.service == "active"

    @property
    def seconds(self) -> float | None:
        """From paid to live."""
        if self.paid_at is None or self.active_at is None:
            return None
        return (self.active_at - self.paid_at).total_seconds()


def deliveries(tokens: Sequence[str]) -> list[Delivery]:
    with as_operator(), connection.cursor() as cursor:
        cursor.execute(DELIVERIES, [list(tokens)])
        return [Delivery(*row) for row in cursor.fetchall()]


def unfinished(tokens: Sequence[str]) -> list[str]:
    """Where each order that is not live stands, and what died of it."""
    with as_operator(), connection.cursor() as cursor:
        cursor.execute(UNFINISHED, [list(tokens)])
        return [_standing(*row) for row in cursor.fetchall()]


def _standing(number: int, run: str, *rest: object) -> str:
    kind, status, attempts, next_at, error, dead = rest
    return (
        f"order {number}: run {run}, step {kind} {status} after {attempts} attempts,"
        f" next at {next_at}, error {error!r}, dead jobs: {dead or 'none'}"
    )


def percentile(values: Sequence[float], share: float) -> float | None:
    """The smallest value that at least this share of the values does not exceed."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * int(share * 100) // 100) - 1)]
