"""Whether the database already has every migration we ship, without asking Django."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

import psycopg

import alicerce

APPLIED = """
select md5(string_agg(concat_ws('|', app, name, applied), ',' order by id))
from public.django_migrations
"""


def is_current(*, folder: Path, owner_url: str) -> bool:
    """True only for this very database, after a migration with exactly these files."""
    try:
        remembered = json.loads(_stamp(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(remembered == _state(owner_url))


def remember(*, folder: Path, owner_url: str) -> None:
    _stamp(folder).write_text(json.dumps(_state(owner_url)), encoding="utf-8")


def _stamp(folder: Path) -> Path:
    return folder / "run" / "migrated.json"


def _state(owner_url: str) -> dict[str, str | None]:
    return {"files": _files(), "applied": _applied(owner_url)}


def _files() -> str:
    root = Path(alicerce.__file__).parent
    digest = hashlib.sha256(version("django").encode())
    for path in sorted(root.glob("**/migrations/*.py")):
        digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()


def _applied(owner_url: str) -> str | None:
    try:
        with psycopg.connect(owner_url) as connection:
            row = connection.execute(APPLIED).fetchone()
    except psycopg.errors.UndefinedTable:
        return None
    return str(row[0]) if row else None
