"""Who runs PostgreSQL: ourselves, or an unprivileged account when we are root."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOBODY = 65534
ROOT_HOMES = (Path("/var/lib/alicerce"), Path("/var/tmp/alicerce"))  # noqa: S108 (made 0711, owner-only inside)


@dataclass(frozen=True)
class Account:
    """The user PostgreSQL runs as; no uid is the user we already are."""

    uid: int | None = None
    gid: int | None = None

    def popen_options(self) -> dict[str, Any]:
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Whether every folder above the path lets this account through."""
        return self.uid is None or all(_passable(folder, self.uid) for folder in path.parents)


def postgres_account(*, home: Path) -> Account:
    """PostgreSQL refuses to run as root, so root lends it an account that owns nothing else.

    A home that an ordinary user made stays that user's, also when root starts it once.
    """
    if os.geteuid() != 0:
        return Account()
    if home.exists() and home.stat().st_uid != 0:
        return Account(uid=home.stat().st_uid, gid=home.stat().st_gid)
    return Account(uid=NOBODY, gid=NOBODY)


def _passable(folder: Path, uid: int) -> bool:
    status = folder.stat()
    if status.st_uid == uid:
        return bool(status.st_mode & stat.S_IXUSR)
    return bool(status.st_mode & stat.S_IXOTH)
