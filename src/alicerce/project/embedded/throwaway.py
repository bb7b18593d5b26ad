"""A PostgreSQL for one test run: fast, forgetful, gone afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from alicerce.project.embedded.account import postgres_account
from alicerce.project.embedded.postgres import THROWAWAY, open_cluster
from alicerce.project.embedded.roles import ensure_database, ensure_roles
from alicerce.project.embedded.secrets import Passwords, new_passwords

PREFIX = "alicerce-throwaway-"


@contextmanager
def throwaway_cluster() -> Iterator[str]:
    """The URL of its superuser, with the roles made; ALICERCE_TEST_ADMIN_URL is used when set."""
    given = os.environ.get("ALICERCE_TEST_ADMIN_URL")
    if given:
        yield given
        return
    with temporary_folder() as folder:
        cluster = open_cluster(
            folder=folder, password=new_passwords().admin, settings=dict(THROWAWAY)
        )
        try:
            cluster.start(say=_quietly)
            yield cluster.admin_url()
        finally:
            cluster.stop()


def prepare_roles(*, admin_url: str, database: str) -> Passwords:
    """Fresh passwords for every role, and an empty database for them."""
    passwords = new_passwords()
    ensure_roles(admin_url, {"alicerce_owner": passwords.owner, "alicerce_app": passwords.app})
    ensure_database(admin_url, database)
    return passwords


def _quietly(_: str) -> None:
    """Tests have nobody to tell."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    base = _base()
    _sweep(base)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=base))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _base() -> Path:
    """A place for temporary files that the server's account can enter."""
    wanted = Path(tempfile.gettempdir()).resolve()
    account = postgres_account(home=wanted / "none")
    choices = (wanted, Path("/tmp"), Path("/var/tmp"))  # noqa: S108 (mkdtemp makes it private)
    return next((base for base in choices if account.reaches(base / "x")), wanted)


def _sweep(base: Path) -> None:
    """Folders of runs that were killed."""
    for folder in base.glob(f"{PREFIX}*-*"):
        maker = folder.name.removeprefix(PREFIX).split("-")[0]
        if maker.isdecimal() and not psutil.pid_exists(int(maker)):
            shutil.rmtree(folder, ignore_errors=True)
