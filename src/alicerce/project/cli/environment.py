"""Completes the environment of a command: the running stack's database, the folder's secrets."""

import base64
import os
import secrets

from alicerce.project.embedded.account import postgres_account
from alicerce.project.embedded.places import data_dir
from alicerce.project.embedded.postgres import database_url
from alicerce.project.embedded.runs import current_run
from alicerce.project.embedded.secrets import Secrets, load_secrets
from alicerce.project.settings.env import Environment, read_environment

DATABASE = "alicerce"
SETTINGS = "alicerce.project.settings.base"


def complete_environment() -> Environment:
    """What the person set wins; then what `alicerce up` knows; then a secret for this run only."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    environment = read_environment(os.environ)
    if not environment.database_url:
        _borrow_running_database(environment)
    if not environment.is_production:
        _add_keys(environment)
    return read_environment(os.environ)


def database_urls(*, found: Secrets, port: int) -> dict[str, str]:
    """The embedded database as the application and as its owner."""
    passwords = found.passwords
    return {
        "DATABASE_URL": database_url(
            user="alicerce_app", password=passwords.app, port=port, database=DATABASE
        ),
        "DATABASE_OWNER_URL": database_url(
            user="alicerce_owner", password=passwords.owner, port=port, database=DATABASE
        ),
    }


def use_owner() -> None:
    """Let Django sign in as the owner of the schema, which only migrations may."""
    owner = read_environment(os.environ).database_owner_url
    if owner:
        os.environ.pop("DATABASE_URL_FILE", None)
        os.environ["DATABASE_URL"] = owner


def _borrow_running_database(environment: Environment) -> None:
    run = current_run(folder=environment.data_dir)
    if run and run.database_port:
        found = load_secrets(folder=environment.data_dir, may_make=False)
        os.environ.update(database_urls(found=found, port=run.database_port))


def _add_keys(environment: Environment) -> None:
    if environment.secret_key and environment.master_key:
        return
    found = _kept_keys(environment)
    _default("ALICERCE_SECRET_KEY", found[0])
    _default("ALICERCE_MASTER_KEY", found[1])


def _kept_keys(environment: Environment) -> tuple[str, str]:
    """With a database, what is encrypted must be readable tomorrow; without one, nothing is."""
    if environment.database_url or (environment.data_dir / "secrets").exists():
        account = postgres_account(home=environment.data_dir / "postgres")
        folder = data_dir(path=environment.data_dir, account=account)
        found = load_secrets(folder=folder, may_make=True)
        return found.secret_key, found.master_key
    return secrets.token_urlsafe(48), base64.b64encode(secrets.token_bytes(32)).decode()


def _default(name: str, value: str) -> None:
    if not os.environ.get(f"{name}_FILE") and not os.environ.get(name):
        os.environ[name] = value
