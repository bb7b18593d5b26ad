"""A PKCS#12 file is opened in a process of its own, that cannot take long or much.

Whoever made the file chose how often its password is stirred, up to two thousand million times, and a
part of that is written where only who opened the rest can read it.
"""

import json
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from threading import BoundedSemaphore

CHILD = Path(__file__).with_name("opening_child.py")
SECONDS, MEGABYTES = 3, 512
AT_ONCE, PATIENCE = 2, 5
_slots = BoundedSemaphore(AT_ONCE)


class NotOpened(ValueError):
    """None, another password, or more work than a certificate is."""


def opened(content: bytes, password: str) -> tuple[bytes, bytes]:
    """The key and its certificate, as PEM. Raises NotOpened."""
    asked = {
        "content": b64encode(content).decode(),
        "password": password,
        "seconds": SECONDS,
        "megabytes": MEGABYTES,
    }
    if not _slots.acquire(timeout=PATIENCE):
        raise NotOpened
    try:
        done = subprocess.run(  # noqa: S603  our own program, and nothing of what was typed
            [sys.executable, "-E", "-s", str(CHILD)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=2 * SECONDS,
            env={},
            check=True,
        )
    except subprocess.SubprocessError:
        raise NotOpened from None  # what it was given is in the error
    finally:
        _slots.release()
    key, mark, cert = done.stdout.partition(b"\0")
    if not mark:
        raise NotOpened
    return key, cert
