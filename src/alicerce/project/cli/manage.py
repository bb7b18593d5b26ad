"""`alicerce manage`: Django's own commands, as the role each of them needs."""

from collections.abc import Sequence

from alicerce.project.cli.environment import complete_environment, use_owner

OWNERS = {
    "makemigrations",
    "migrate",
    "optimizemigration",
    "showmigrations",
    "sqlmigrate",
    "squashmigrations",
}


def main(arguments: Sequence[str]) -> int:
    complete_environment()
    if arguments and arguments[0] in OWNERS:
        use_owner()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["alicerce manage", *arguments])
    return 0
