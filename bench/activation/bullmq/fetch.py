"""Fetches Redis from apt and BullMQ from npm into a folder; nothing is installed on the machine."""

import shutil
import subprocess
from pathlib import Path

MODULES = ("bullmq@5.81.5", "ioredis@5.9.3", "pg@8.23.1")
PACKAGES = ("redis-server", "redis-tools", "libjemalloc2", "liblzf1", "liblua5.1-0")
MORE_PACKAGES = ("lua-bitop", "lua-cjson", "libatomic1")
PATIENCE = 180


class NotHere(Exception):
    """This machine cannot run the peer; the message says why."""


def fetch_redis(folder: Path) -> tuple[str, dict[str, str]]:
    """The program, and the variables it needs to find its libraries."""
    if installed := shutil.which("redis-server"):
        return installed, {}
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise NotHere("no redis-server, and no apt-get to fetch it with")
    folder.mkdir()
    _run("apt-get", "download", *PACKAGES, *MORE_PACKAGES, cwd=folder)
    for package in folder.glob("*.deb"):
        _run("dpkg-deb", "-x", str(package), "root", cwd=folder)
    libraries = next(folder.glob("root/usr/lib/*-linux-gnu"))
    return str(folder / "root/usr/bin/redis-server"), {"LD_LIBRARY_PATH": str(libraries)}


def fetch_modules(folder: Path) -> Path:
    if not (shutil.which("npm") and shutil.which("node")):
        raise NotHere("no npm or node")
    folder.mkdir()
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    _run("npm", "install", "--prefix", str(folder), *quiet, *MODULES, cwd=folder)
    return folder / "node_modules"


def _run(*command: str, cwd: Path) -> None:
    try:
        subprocess.run(command, cwd=cwd, check=True, capture_output=True, timeout=PATIENCE)
    except (OSError, subprocess.SubprocessError) as error:
        raise NotHere(f"{command[0]} failed: {error}") from error
