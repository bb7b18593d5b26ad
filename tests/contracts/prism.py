"""Starts Prism, which judges what goes by an OpenAPI description, or answers in the provider's place."""

import json
import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import yaml

PRISM, SPECS = "ALICERCE_PRISM", "ALICERCE_SPECS"
PIX, WHM = "pix-api-v2.patched.openapi.yaml", "whm.subset.openapi.yaml"
READY = "Prism is listening on "
BOOT_SECONDS = 60

Description = dict[str, Any]


def missing() -> str:
    """Why these tests cannot run here; nothing when they can."""
    for name in (PRISM, SPECS):
        if not os.environ.get(name):
            return f"{name} is not set"
    needed = [Path(os.environ[PRISM]), *(Path(os.environ[SPECS], name) for name in (PIX, WHM))]
    absent = [str(path) for path in needed if not path.exists()]
    return f"no {', '.join(absent)}" if absent else "" if shutil.which("node") else "no node"


def described(name: str, adapt: Callable[[Description], None], folder: Path) -> Path:
    """The provider's description as it must read for these tests."""
    read = yaml.load(Path(os.environ[SPECS], name).read_text(), Loader=yaml.CSafeLoader)
    adapt(read)
    adapted = folder / f"{name}.json"
    adapted.write_text(json.dumps(read, default=str))
    return adapted


def judge(client: Any) -> list[str]:
    """Fail at the first violation. Returns the calls that were judged, as they are made."""
    calls: list[str] = []

    def check(response: httpx.Response) -> None:
        said, asked = response.read().decode(), response.request
        assert "sl-violations" not in response.headers, response.headers["sl-violations"]
        assert "stoplight.io" not in said, f"{asked.method} {asked.url.path}: {said}"
        calls.append(f"{asked.method} {asked.url.path}")

    client._http.event_hooks = {"response": [check]}
    return calls


@contextmanager
def proxy(description: Path, upstream: str) -> Iterator[str]:
    """The address of a Prism that passes on what keeps to the description and refuses the rest."""
    with _running("proxy", "--errors", str(description), upstream) as url:
        yield url


@contextmanager
def mock(description: Path) -> Iterator[str]:
    """The address of a Prism that invents answers, and calls back."""
    with _running("mock", str(description)) as url:
        yield url


@contextmanager
def _running(*arguments: str) -> Iterator[str]:
    # Its script itself, because a launcher's child would outlive it. Port 0 is any free one.
    script = str(Path(os.environ[PRISM]).resolve())
    command = ["node", script, *arguments, "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        lines: queue.Queue[str] = queue.Queue()
        listener = threading.Thread(target=_listen, args=(process.stdout, lines))
        listener.start()
        try:
            said = lines.get(timeout=BOOT_SECONDS)
            assert said.startswith("http"), f"Prism did not start: {said}"
            yield said
        finally:
            process.kill()
            listener.join()


def _listen(output: Any, addresses: queue.Queue[str]) -> None:
    """To the end, so that Prism never waits for somebody to read what it tells."""
    heard = []
    for line in output:
        heard.append(line)
        if READY in line:
            addresses.put(line.partition(READY)[2].strip())
    addresses.put("".join(heard))
