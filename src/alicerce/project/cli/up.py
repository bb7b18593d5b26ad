"""`alicerce up`: everything running on this machine, with one command."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

from alicerce.project.cli.announcement import announcement
from alicerce.project.cli.console import colored
from alicerce.project.cli.demo_offer import demo_loader, simulators_ready_file
from alicerce.project.cli.migrate import make_roles
from alicerce.project.cli.parsing import parser_for
from alicerce.project.cli.stack import Stack, open_stack
from alicerce.project.embedded import schema
from alicerce.project.embedded.account import postgres_account
from alicerce.project.embedded.errors import CannotStart
from alicerce.project.embedded.output import Output
from alicerce.project.embedded.places import data_dir
from alicerce.project.embedded.ports import answers, require_free
from alicerce.project.embedded.program import Program, command
from alicerce.project.embedded.runs import Run, note, only_run
from alicerce.project.embedded.supervisor import Milestone, Supervisor
from alicerce.project.embedded.tether import tether
from alicerce.project.settings.env import Environment, read_environment

ABOUT = """Start everything: the database, the web server, the worker, the scheduler and the
simulated providers. Nothing else needs to be installed or running.

The data live in ALICERCE_DATA_DIR and survive. With DATABASE_URL, that database is used
instead of the embedded one. Ctrl-C stops all of it."""
SIMULATED = 8


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    environment = read_environment(os.environ)
    account = postgres_account(home=environment.data_dir / "postgres")
    folder = data_dir(path=environment.data_dir, account=account)
    output = Output(colored=colored())
    with _sigterm_as_interrupt(), only_run(folder=folder, url=environment.base_url) as run:
        _require_ports(environment)
        stack = open_stack(environment=environment, folder=folder)
        with _database(stack, output) as ready:
            ready(run)
            _supervise(stack, run, output, options.demo)
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = parser_for("up", about=ABOUT)
    parser.add_argument(
        "--demo",
        action=argparse.BooleanOptionalAction,
        help="load demo data on the first run, or not, without asking",
    )
    return parser.parse_args(arguments)


def _require_ports(environment: Environment) -> None:
    require_free(
        host=environment.web_host, port=environment.web_port, variable="ALICERCE_WEB_PORT"
    )
    first = environment.simulators_port
    for port in range(first, first + SIMULATED if not environment.is_production else first):
        require_free(host="127.0.0.1", port=port, variable="ALICERCE_SIMULATORS_PORT")


@contextmanager
def _database(stack: Stack, output: Output) -> Iterator[Callable[[Run], None]]:
    """Yields what brings the database to this version; an embedded one stops at the end."""
    try:
        if stack.cluster:
            stack.cluster.start(say=output.say)
            stack.ensure_database()
        else:
            make_roles(stack.environment)
        yield lambda run: _migrate(stack, run, output)
    finally:
        if stack.cluster:
            stack.cluster.stop()


def _migrate(stack: Stack, run: Run, output: Output) -> None:
    owner_url = stack.owner_url()
    if stack.cluster:
        note(folder=stack.folder, run=replace(run, database_port=stack.cluster.port))
    if not owner_url:
        output.say("no DATABASE_OWNER_URL: migrations are left to whoever owns the database")
    elif not schema.is_current(folder=stack.folder, owner_url=owner_url):
        _run_migrations(stack, run, output)
        schema.remember(folder=stack.folder, owner_url=owner_url)


def _run_migrations(stack: Stack, run: Run, output: Output) -> None:
    output.say("bringing the database to this version")
    ended = subprocess.run(
        [sys.executable, *command("migrate")],
        check=False,
        env=stack.variables(run=run),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=tether(send=signal.SIGTERM),
    )
    if ended.returncode != 0:
        output.show("migrate", ended.stdout)
        raise CannotStart(
            "The migrations failed, so nothing was started; the lines above say why."
        )


def _supervise(stack: Stack, run: Run, output: Output, wanted: bool | None) -> None:  # noqa: FBT001
    simulators_ready_file(folder=stack.folder).unlink(missing_ok=True)
    loader = demo_loader(stack=stack, run=run, wanted=wanted)
    programs = [*stack.programs(run=run), *([loader] if loader else [])]
    supervisor = Supervisor(programs=programs, output=output, cluster=stack.cluster)
    supervisor.milestones.append(
        Milestone(
            is_reached=lambda: _is_up(stack.environment, loader),
            then=lambda: output.plain(announcement(stack=stack)),
        )
    )
    supervisor.run()


def _is_up(environment: Environment, loader: Program | None) -> bool:
    loaded = loader is None or (loader.process is not None and not loader.is_running())
    return loaded and answers(host=environment.web_host, port=environment.web_port)


@contextmanager
def _sigterm_as_interrupt() -> Iterator[None]:
    """Until the supervisor listens, SIGTERM undoes what was started, as Ctrl-C does."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
