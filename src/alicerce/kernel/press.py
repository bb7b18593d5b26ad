"""Paper: a typst template and facts become a PDF, in a process of its own that cannot take long, much or anything else.

Facts reach the template as JSON. They are values there: nothing that anybody typed is ever markup.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.kernel.db import in_transaction
from alicerce.kernel.errors import Refused

CHILD = Path(__file__).with_name("press_child.py")
SECONDS = 15
MEGABYTES = 1024
AT_ONCE = 2
PATIENCE = 10


class PressFailed(Refused):
    """No paper this time. Nothing else changed: it may be asked for again."""

    code: ClassVar[str] = "paper_unavailable"
    status: ClassVar[int] = 503
    message: ClassVar[str | Promise] = _("O PDF não ficou pronto. Tente de novo em instantes.")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a sheet may take, and how much memory."""

    seconds: int = SECONDS
    megabytes: int = MEGABYTES


_slots = BoundedSemaphore(AT_ONCE)


def press(template: str, facts: Mapping[str, Any], *, limits: Limits | None = None) -> bytes:
    """The PDF. Never within a transaction. Raises PressFailed, also when too many wait."""
    assert not in_transaction(), "paper is made outside of transactions"
    if not _slots.acquire(timeout=PATIENCE):
        raise PressFailed
    try:
        return _run(template, json.dumps(facts), limits or Limits())
    finally:
        _slots.release()


def _run(template: str, facts: str, limits: Limits) -> bytes:
    asked = {
        "template": template,
        "facts": facts,
        "seconds": limits.seconds,
        "megabytes": limits.megabytes,
    }
    with TemporaryDirectory(prefix="alicerce-press-") as empty:
        try:
            done = subprocess.run(  # noqa: S603  our own program, and nothing of what was typed
                [sys.executable, "-E", "-s", str(CHILD)],
                input=json.dumps(asked).encode(),
                capture_output=True,
                timeout=limits.seconds,
                cwd=empty,
                env={"RAYON_NUM_THREADS": "1"},
                check=True,
            )
        except subprocess.SubprocessError as error:
            raise PressFailed from error
    return done.stdout
