"""`alicerce migrate`: the database as this version needs it."""

import os
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from alicerce.project.cli.environment import complete_environment, use_owner
from alicerce.project.cli.parsing import parser_for
from alicerce.project.embedded.errors import CannotStart
from alicerce.project.embedded.roles import ensure_database, ensure_roles
from alicerce.project.settings.env import Environment, read_environment

ABOUT = """Bring the database to this version of Alicerce.

Migrations run as the owner of the schema (DATABASE_OWNER_URL). With DATABASE_ADMIN_URL
the roles and the database are made first, with the passwords of the other two URLs."""


def main(arguments: Sequence[str]) -> int:
    parser = parser_for("migrate", about=ABOUT)
    parser.add_argument(
        "--check", action="store_true", help="only say whether something is pending"
    )
    options = parser.parse_args(arguments)
    environment = complete_environment()
    if not environment.database_owner_url:
        raise CannotStart(
            "There is no database to migrate: set DATABASE_OWNER_URL, or start `alicerce up`, "
            "which migrates by itself."
        )
    make_roles(environment)
    return migrate(check=options.check)


def make_roles(environment: Environment) -> None:
    """Only when a superuser was given; otherwise the roles are somebody else's care."""
    if environment.database_admin_url:
        urls = (environment.database_url, environment.database_owner_url)
        ensure_roles(environment.database_admin_url, dict(_sign_in(url) for url in urls if url))
        ensure_database(
            environment.database_admin_url, _database(environment.database_owner_url)
        )


def migrate(*, check: bool = False) -> int:
    use_owner()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alicerce.project.settings.base")
    read_environment(os.environ)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", check=check, interactive=False)
    return 0


def _sign_in(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return unquote(parts.username or ""), unquote(parts.password or "")


def _database(url: str) -> str:
    return unquote(urlsplit(url).path.lstrip("/"))
