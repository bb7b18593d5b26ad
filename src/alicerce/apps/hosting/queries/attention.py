"""What an operator should look at first."""

from dataclasses import dataclass

from alicerce.apps.hosting.queries.differences import (
    DifferenceRow,
    differences_everywhere,
)
from alicerce.apps.hosting.queries.runs import RunRow, runs_everywhere
from alicerce.apps.hosting.queries.servers import ServerRow, servers_everywhere
from alicerce.apps.hosting.types import DifferenceStatus, RunStatus
from alicerce.kernel.queueing import DeadJob, dead_jobs

LIMIT = 20


@dataclass(frozen=True, slots=True)
class Attention:
    stopped_runs: tuple[RunRow, ...]
    troubled_servers: tuple[ServerRow, ...]
    dead_jobs: tuple[DeadJob, ...]
    differences: tuple[DifferenceRow, ...] = ()

    def __len__(self) -> int:
        rest = len(self.dead_jobs) + len(self.differences)
        return len(self.stopped_runs) + len(self.troubled_servers) + rest


def attention(*, limit: int = LIMIT) -> Attention:
    """Across tenants: stopped runs, servers in trouble or full, jobs that gave up."""
    stopped = (RunStatus.FAILED, RunStatus.NEEDS_HUMAN)
    troubled = [server for server in servers_everywhere() if server.needs_attention]
    return Attention(
        stopped_runs=tuple(runs_everywhere(statuses=stopped, limit=limit)),
        troubled_servers=tuple(troubled[:limit]),
        dead_jobs=tuple(dead_jobs(limit=limit)),
        differences=tuple(
            differences_everywhere(statuses=(DifferenceStatus.OPEN,), limit=limit)
        ),
    )
