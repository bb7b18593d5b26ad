"""The folder of one PostgreSQL and who may touch it; making the cluster in it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from alicerce.project.embedded.account import Account
from alicerce.project.embedded.binaries import Binaries
from alicerce.project.embedded.errors import CannotStart

ADMIN = "alicerce_admin"
LEAST_FREE = 60_000_000  # what making a cluster takes, and some


@dataclass
class Site:
    """Where a cluster lives, who runs it and with which programs."""

    home: Path
    account: Account
    binaries: Binaries
    password: str
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()


def make_cluster(*, site: Site) -> None:
    """Into a folder beside, renamed when whole: a half-made cluster is never mistaken for one."""
    fresh = site.home / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    with _password_file(site) as password_file:
        made = subprocess.run(  # noqa: S603
            [
                *(site.binaries.program("initdb"), "-D", str(fresh), "-U", ADMIN),
                *("--auth=scram-sha-256", f"--pwfile={password_file}", "--data-checksums"),
                *("--encoding=UTF8", "--locale=C", "--no-instructions"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *(["--no-sync"] if site.settings.get("fsync") == "off" else []),
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            env=clean_environment(),
            **site.account.popen_options(),
        )
    if made.returncode != 0:
        raise CannotStart(why(site=site, output=made.stderr))
    fresh.rename(site.data)


@contextmanager
def _password_file(site: Site) -> Iterator[Path]:
    path = site.home / "initial-password"
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(site.password)
        site.account.own(path)
        yield path
    finally:
        path.unlink(missing_ok=True)


def clean_environment() -> dict[str, str]:
    """Nothing of ours: PG* variables and our secrets are not the server's business."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def why(*, site: Site, output: str) -> str:
    """One sentence out of what PostgreSQL wrote."""
    if "No space left on device" in output or _is_full(site.home):
        return f"The disk that holds {site.home} is full; free some space and try again."
    if "could not look up effective user ID" in output:
        return (
            "PostgreSQL needs the user that runs it to have a name; "
            "add this user to /etc/passwd, or set DATABASE_URL to a database elsewhere."
        )
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error:" in line] or lines
    reason = telling[-1].split("FATAL:")[-1].strip() if telling else "it said nothing"
    return f"PostgreSQL does not start: {reason} (log: {site.log})."


def _is_full(folder: Path) -> bool:
    return shutil.disk_usage(folder).free < LEAST_FREE
