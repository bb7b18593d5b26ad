"""The table of commands; each one's module is imported only when it is called."""

from dataclasses import dataclass
from importlib.util import find_spec

PACKAGE = "alicerce.project.cli"


@dataclass(frozen=True)
class Command:
    """A word after `alicerce`, and the module whose `main(arguments)` it runs."""

    name: str
    summary: str
    module: str

    def exists(self) -> bool:
        return find_spec(self.module) is not None


@dataclass(frozen=True)
class Group:
    """Commands that are read together in the help."""

    title: str
    commands: tuple[Command, ...]


def _own(name: str, summary: str) -> Command:
    return Command(name, summary, f"{PACKAGE}.{name.replace('-', '_')}")


GROUPS: tuple[Group, ...] = (
    Group(
        "Start here",
        (
            _own("up", "Start everything: database, web, worker, scheduler, simulators"),
            _own("test", "Run the tests on a PostgreSQL of their own"),
            _own("demo", "Prove the main job: paid orders become live accounts"),
            _own("open-company", "Open a company, and the link for its first person"),
        ),
    ),
    Group(
        "Processes",
        (
            _own("web", "Serve the pages and the API"),
            _own("worker", "Run the jobs"),
            _own("scheduler", "Start the jobs that run by the clock"),
            _own("simulators", "Pretend to be every provider, on the loopback"),
        ),
    ),
    Group(
        "Care",
        (
            _own("migrate", "Bring the database to this version, as its owner"),
            _own("doctor", "Look for what is wrong and say what to do"),
            _own("audit", "Verify the audit trail"),
            _own(
                "billing",
                "Compare cases with the rules that bill; write subscriptions that lack",
            ),
            _own("rotate-keys", "Put stored secrets under the current master key"),
            _own("manage", "Run one of Django's own commands"),
        ),
    ),
    Group(
        "Development",
        (
            _own("check", "Format, lint, types, contracts, migrations"),
            _own("new-app", "Lay out a new app by the rules of the house"),
            _own("demo-whmcs", "Write dumps of a WHMCS to try the import with"),
        ),
    ),
)
HIDDEN: tuple[Command, ...] = (_own("load-demo", "Load the demo data (used by `up`)"),)


def find_command(name: str) -> Command | None:
    known = [command for group in GROUPS for command in group.commands]
    return next((command for command in (*known, *HIDDEN) if command.name == name), None)


def names() -> list[str]:
    return [command.name for group in GROUPS for command in group.commands if command.exists()]
