"""Children that do not outlive us, even when we are killed without warning."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def tether(*, send: signal.Signals) -> Callable[[], None] | None:
    """What a child runs before exec so that our death sends it a signal; None outside Linux.

    The kernel watches the thread that starts the child: start children from the main thread.
    """
    if not sys.platform.startswith("linux"):
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def hold() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(send), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)  # we died before the tether was tied

    return hold
