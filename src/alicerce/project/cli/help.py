"""What `alicerce --help` says."""

from alicerce.project.cli.commands import GROUPS, Group
from alicerce.project.cli.console import bold, dim

EXAMPLES = (
    ("alicerce up", "everything running, at http://127.0.0.1:8000"),
    ("alicerce up --no-demo", "the same, with an empty database"),
    ("alicerce test -k invoices", "the tests whose name mentions invoices"),
    ("alicerce doctor --json", "the state of this installation, for a machine"),
    ("alicerce manage shell", "a Python shell with Django ready"),
)
SETTINGS = (
    "Settings are environment variables, listed in README.md. "
    "The two to know: ALICERCE_DATA_DIR and DATABASE_URL."
)
COLUMN = 15
EXAMPLE_COLUMN = 28


def help_text() -> str:
    parts = [
        f"{bold('Alicerce')}  one platform for a hosting company",
        f"{bold('Usage')}\n  alicerce <command> [options]",
        *(_group(group) for group in GROUPS),
        _examples(),
        f"{SETTINGS}\nMore about one command: {bold('alicerce <command> --help')}",
    ]
    return "\n\n".join(parts)


def _group(group: Group) -> str:
    lines = [
        f"  {command.name:<{COLUMN}}{command.summary}"
        for command in group.commands
        if command.exists()
    ]
    return "\n".join([bold(group.title), *lines])


def _examples() -> str:
    lines = [f"  {line:<{EXAMPLE_COLUMN}}{dim(meaning)}" for line, meaning in EXAMPLES]
    return "\n".join([bold("Examples"), *lines])
