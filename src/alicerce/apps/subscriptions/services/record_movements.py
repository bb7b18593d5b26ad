"""Write down what changed in what subscriptions bring each month: one statement, whoever asks and how often."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection

from alicerce.apps.subscriptions.queries.terms import local_date
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.locks import hold

LOCK = "recurring revenue"

# What its next renewal would ask, by the month; nothing while it stands still. Of each customer's sums
# before and after follows what the change is called.
RECORD = """
insert into subscriptions_movement
    (id, created_at, subscription_id, customer_id, number, "on", kind, delta_cents, after_cents, currency)
with worth as (
    select s.id, s.customer_id, s.currency, s.started_at, s.ended_at, case
        when s.status not in ('active', 'past_due') or s.paused_at is not null then 0
        else (2 * (s.amount_cents - least(s.amount_cents, coalesce(d.amount_cents,
            (s.amount_cents * d.percent_bp + 5000) / 10000, 0))) + m.months) / (2 * m.months) end as cents
    from subscriptions_subscription s
    join (values ('monthly', 1), ('quarterly', 3), ('semiannual', 6), ('annual', 12), ('biennial', 24),
        ('triennial', 36)) as m (cycle, months) on m.cycle = s.cycle
    left join subscriptions_discount d on d.subscription_id = s.id and coalesce(d.cycles_left, 1) > 0
    where %(whose)s::uuid is null or s.customer_id = %(whose)s
), known as (
    select distinct on (subscription_id) subscription_id, number, after_cents, "on"
    from subscriptions_movement
    where %(whose)s::uuid is null or customer_id = %(whose)s
    order by subscription_id, number desc
), summed as (
    select w.*, coalesce(k.number, 0) as number, coalesce(k.after_cents, 0) as before, k."on" as known_on,
        sum(coalesce(k.after_cents, 0)) over whose as all_before, sum(w.cents) over whose as all_after,
        count(k.number) over whose as times
    from worth w left join known k on k.subscription_id = w.id
    window whose as (partition by w.customer_id, w.currency)
)
select gen_random_uuid(), statement_timestamp(), id, customer_id, number + 1,
    greatest(known_on, least(%(on)s, case
        when number = 0 then (started_at at time zone %(zone)s)::date
        when ended_at is not null then (ended_at at time zone %(zone)s)::date
        else %(on)s end)),
    case when all_before = 0 and times = 0 then 'new' when all_before = 0 then 'reactivation'
        when all_after = 0 then 'churn' when cents > before then 'expansion' else 'contraction' end,
    cents - before, cents, currency
from summed where cents <> before
"""


@transaction()
def record_movements(*, at: datetime, customer_id: UUID | None = None) -> int:
    """Of one customer, or of all. Safe to repeat: what did not change is not written. How many changed."""
    hold(LOCK)
    with connection.cursor() as cursor:
        cursor.execute(RECORD, _facts(local_date(at), customer_id))
        return int(cursor.rowcount)


def _facts(on: date, customer_id: UUID | None) -> dict[str, date | UUID | str | None]:
    return {"on": on, "whose": customer_id, "zone": tenancy.time_zone()}
