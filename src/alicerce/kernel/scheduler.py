"""The clock: queues what is due, once per tick however many schedulers run, and sweeps old logs."""

from datetime import datetime, timedelta

from alicerce.kernel.db import transaction
from alicerce.kernel.jobs import Reaction, reactions
from alicerce.kernel.queueing import DjangoDriver, NewJob, enqueue

LONGEST_NAP = 5.0
LOG_KEPT = timedelta(days=3)
DEAD_KEPT = timedelta(days=90)

# The tick is the start of the current period, by the database's clock: schedulers agree on it,
# and of the ticks missed while none ran only the last is made up for.
CLAIM = """
    insert into queue_tick as mine (name, tick)
    select name, to_timestamp(floor(extract(epoch from now()) / period) * period)
    from unnest($1::text[], $2::float8[]) as due (name, period)
    on conflict (name) do update set tick = excluded.tick where mine.tick < excluded.tick
    returning name
"""
SWEEP = """
    delete from pgqueuer_log where id in (
        select id from pgqueuer_log where created < now() - $1::interval
        order by created limit 50000
    )
"""


def tick() -> list[str]:
    """Queue every reaction to the clock whose tick nobody took yet; return their names."""
    clocks = {one.name: one for one in reactions.values() if one.every}
    if not clocks:
        return []
    with transaction():
        names = _claim(sorted(clocks), clocks)
        if names:
            enqueue(jobs=[_job(clocks[name]) for name in names])
    return names


def _claim(names: list[str], clocks: dict[str, Reaction]) -> list[str]:
    periods = [_seconds(clocks[name]) for name in names]
    return [row["name"] for row in DjangoDriver().fetch(CLAIM, names, periods)]


def _seconds(clock: Reaction) -> float:
    return (clock.every or timedelta.max).total_seconds()


def _job(clock: Reaction) -> NewJob:
    return NewJob(name=clock.name, queue=clock.queue, payload=b"{}", alone=True)


def nap(*, at: datetime) -> float:
    """Seconds until the next tick of any clock."""
    epoch = at.timestamp()
    periods = [_seconds(one) for one in reactions.values() if one.every]
    return min([LONGEST_NAP, *(period - epoch % period + 0.01 for period in periods)])


def sweep() -> None:
    """Forget old log rows and old deaths."""
    driver = DjangoDriver()
    driver.fetch(SWEEP, LOG_KEPT)
    driver.fetch("delete from queue_dead where died_at < now() - $1::interval", DEAD_KEPT)
