"""Where the embedded PostgreSQL keeps its files, so that its account can reach them."""

import hashlib
import os
from pathlib import Path

from alicerce.project.embedded.account import ROOT_HOMES, Account
from alicerce.project.embedded.errors import CannotStart

OURS_ONLY = 0o700
PASSABLE = 0o711


def data_dir(*, path: Path, account: Account) -> Path:
    """Our own folder, made when missing; nothing above it is ever changed."""
    path.mkdir(parents=True, exist_ok=True)
    if account.uid is not None and path.stat().st_uid == os.geteuid():
        path.chmod(path.stat().st_mode | PASSABLE)
    elif not os.access(path, os.W_OK | os.X_OK):
        raise CannotStart(
            f"{path} is not ours to write; point ALICERCE_DATA_DIR to a folder that is."
        )
    return path


def postgres_home(*, path: Path, account: Account) -> Path:
    """The folder with the cluster in it, made when missing.

    Under a parent that the account may not enter, such as /root, the folder is kept outside and a
    link to it stays here.
    """
    link = data_dir(path=path, account=account) / "postgres"
    if not link.exists() and not account.reaches(link):
        _outside(path=link, account=account)
    home = link.resolve()
    home.mkdir(exist_ok=True)
    account.own(home)
    home.chmod(OURS_ONLY)
    return home


def _outside(*, path: Path, account: Account) -> None:
    name = hashlib.sha256(str(path).encode()).hexdigest()[:12]
    for base in ROOT_HOMES:
        if home := _made(base / name, account):
            path.unlink(missing_ok=True)
            path.symlink_to(home)
            return
    raise CannotStart(
        f"The account that runs PostgreSQL cannot enter {path.parent}; "
        "point ALICERCE_DATA_DIR to a folder such as /srv/alicerce."
    )


def _made(home: Path, account: Account) -> Path | None:
    try:
        home.parent.mkdir(exist_ok=True)
        home.parent.chmod(PASSABLE)
        home.mkdir(exist_ok=True)
    except OSError:
        return None
    return home if account.reaches(home) else None
