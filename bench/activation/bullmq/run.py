"""Redis, a receiving and a working Node process, while they are measured."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.activation.bullmq.fetch import fetch_modules, fetch_redis
from bench.activation.candidate import CONCURRENCY, Candidate
from bench.processes import HOST, free_port, process

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Peer:
    """BullMQ, fetched; `env` is what its processes need to know of the outside."""

    folder: Path
    env: Mapping[str, str]
    redis: tuple[str, dict[str, str]]

    @contextmanager
    def running(self, *, fsync: str) -> Iterator[Candidate]:
        port, redis_port = free_port(), free_port()
        env = {**self.env, "PORT": str(port), "REDIS_PORT": str(redis_port)}
        redis, libraries = self.redis
        log = self.folder / f"peer-{fsync}.log"
        with (
            process(
                [redis, *self._options(fsync, redis_port)],
                env=libraries,
                log=log,
                port=redis_port,
            ) as store,
            process(["node", str(HERE / "work.cjs")], env=env, log=log) as worker,
            process(
                ["node", str(HERE / "receive.cjs")],
                env=env,
                log=log,
                port=port,
                speaks_http=True,
            ) as receiver,
        ):
            pids = (store.pid, worker.pid, receiver.pid)
            yield Candidate(f"BullMQ 5, appendfsync {fsync}", port, "/", pids)

    def _options(self, fsync: str, port: int) -> list[str]:
        data = self.folder / f"redis-{fsync}"
        data.mkdir()
        return [
            *("--port", str(port), "--bind", HOST, "--dir", str(data), "--save", ""),
            *("--appendonly", "yes", "--appendfsync", fsync),
            *("--maxmemory-policy", "noeviction"),
        ]


def fetch_peer(*, folder: Path, env: Mapping[str, str], secret: str) -> Peer:
    """Raises NotHere."""
    modules = fetch_modules(folder / "npm")
    own = {"SECRET": secret, "CONCURRENCY": CONCURRENCY, "NODE_PATH": str(modules)}
    return Peer(folder, {**env, **own}, fetch_redis(folder / "apt"))
