"""Help for tests: run what is queued, as a worker would, in the test's own transaction."""

import json
from collections import Counter

from alicerce.kernel.job_runs import attempt, settle
from alicerce.kernel.queueing import DjangoDriver, Job, again, done

TOO_MANY = 1000

NEXT = """
    select id, entrypoint as name, payload, coalesce(headers, '{}') as headers, attempts
    from pgqueuer
    where status = 'queued' and (execute_after <= now() or $1::bool)
    order by greatest(execute_after, now()), priority desc, id
    limit 1
"""


def run_jobs(*, include_delayed: bool = False, raise_failures: bool = True) -> list[str]:
    """Run queued jobs, and those they queue, until none is left; return their names in order.

    A failing job is rescheduled or buried by its policy, as in a worker, and its error raised.
    """
    ran: list[str] = []
    while job := _next(include_delayed=include_delayed):
        assert len(ran) < TOO_MANY, (
            f"{TOO_MANY} jobs: {Counter(ran).most_common(3)}, {ran[-5:]}"
        )
        ran.append(job.name)
        error = _run(job)
        if error and raise_failures:
            raise error
    return ran


def queued_jobs() -> list[str]:
    """Names of the jobs that wait, whether due or delayed, oldest first."""
    rows = DjangoDriver().fetch(
        "select entrypoint from pgqueuer where status = 'queued' order by id"
    )
    return [row["entrypoint"] for row in rows]


def _next(*, include_delayed: bool) -> Job | None:
    rows = DjangoDriver().fetch(NEXT, include_delayed)
    return Job(**rows[0] | {"headers": json.loads(rows[0]["headers"])}) if rows else None


def _run(job: Job) -> BaseException | None:
    error = attempt(job=job)
    if error is None:
        done(job_id=job.id)
    elif later := settle(job=job, error=error):
        again(job_id=job.id, delay=later.delay)
    return error
