"""The secrets of one data folder: made once, kept in files only their owner can read."""

import base64
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from alicerce.project.embedded.errors import CannotStart

OURS_ONLY = 0o600


@dataclass(frozen=True)
class Passwords:
    """One password for each role that signs in to the database."""

    admin: str
    owner: str
    app: str
    backup: str


@dataclass(frozen=True)
class Secrets:
    """What must survive together with the database, and apart from it."""

    secret_key: str
    master_key: str
    passwords: Passwords


def load_secrets(*, folder: Path, may_make: bool) -> Secrets:
    """The secrets of this data folder, made when they may be.

    A missing one beside an existing database is refused: a new key would read nothing of it.
    """
    place = folder / "secrets"
    place.mkdir(mode=0o700, exist_ok=True)
    place.chmod(0o700)
    keep = _Keep(place, may_make)
    return Secrets(
        secret_key=keep.get("secret_key", lambda: secrets.token_urlsafe(48)),
        master_key=keep.get("master_key", _new_master_key),
        passwords=Passwords(**json.loads(keep.get("database.json", _new_passwords))),
    )


def new_passwords() -> Passwords:
    return Passwords(*(secrets.token_urlsafe(24) for _ in range(4)))


@dataclass(frozen=True)
class _Keep:
    place: Path
    may_make: bool

    def get(self, name: str, make: Callable[[], str]) -> str:
        path = self.place / name
        if not path.exists():
            self._make(path, make())
        path.chmod(OURS_ONLY)
        return path.read_text(encoding="utf-8").strip()

    def _make(self, path: Path, content: str) -> None:
        if not self.may_make:
            raise CannotStart(
                f"{path} is missing and the database beside it was made with it; "
                "bring the file back from a backup, or move the whole data folder away."
            )
        write_privately(path=path, content=content)


def write_privately(*, path: Path, content: str) -> None:
    """Whole or not at all, and never readable by others on the way."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OURS_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _new_master_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _new_passwords() -> str:
    return json.dumps(asdict(new_passwords()))
