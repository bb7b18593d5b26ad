"""The log of calls, written a second's worth at a time and never while somebody waits."""

import logging
from threading import Lock, Timer

from django.conf import settings
from django.db import Error, connection

from alicerce.apps.developers import public as developers
from alicerce.apps.developers.types import Call
from alicerce.apps.marketplace import public as marketplace

log = logging.getLogger(__name__)

_waiting: list[Call] = []
_lock = Lock()


def note(call: Call) -> None:
    """Have it logged soon. What a dying process still held is lost, and nothing else."""
    if not settings.API_LOG_PAUSE:
        _write([call])
        return
    with _lock:
        _waiting.append(call)
        is_first = len(_waiting) == 1
    if is_first:
        timer = Timer(settings.API_LOG_PAUSE, _flush)
        timer.daemon = True
        timer.start()


def _flush() -> None:
    with _lock:
        calls, _waiting[:] = list(_waiting), []
    try:
        _write(calls)
    except Error:
        log.warning("%s calls were not logged", len(calls), exc_info=True)
    finally:
        connection.close()


def _write(calls: list[Call]) -> None:
    developers.write_calls(calls=calls)
    marketplace.note_use(calls=calls)
