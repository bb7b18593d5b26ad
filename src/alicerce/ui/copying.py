"""What the reader takes elsewhere: codes to copy or scan, and until when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

import segno

from alicerce.kernel import clock
from alicerce.ui.component import Component, Words

QUIET = 4


@dataclass(frozen=True)
class QrBox(Component):
    """A QR code; always dark on white, with its quiet zone."""

    template = "ui/qr_box.html"

    code: str
    label: Words

    @cached_property
    def symbol(self) -> segno.QRCode:
        return segno.make_qr(self.code, error="m")

    @property
    def size(self) -> int:
        return len(self.symbol.matrix) + 2 * QUIET

    @property
    def path(self) -> str:
        return "".join(_runs(self.symbol.matrix))


def _runs(matrix: Sequence[bytearray]) -> Iterator[str]:
    """One rectangle per run of dark modules."""
    for y, line in enumerate(matrix, start=QUIET):
        x = QUIET
        for dark, modules in groupby(line):
            width = len(list(modules))
            if dark:
                yield f"M{x} {y}h{width}v1h-{width}z"
            x += width


@dataclass(frozen=True)
class CopyBox(Component):
    """A code and a large button that copies it."""

    template = "ui/copy_box.html"

    value: str
    label: Words


@dataclass(frozen=True)
class CopyButton(Component):
    """The large button alone, for lines shown above it."""

    template = "ui/copy_button.html"

    value: str
    label: Words


@dataclass(frozen=True)
class CopyRow(Component):
    """A named value with a small copy button."""

    template = "ui/copy_row.html"

    label: Words
    value: str


@dataclass(frozen=True)
class CopyMark(Component):
    """Only the button, beside a value shown elsewhere."""

    template = "ui/copy_mark.html"

    value: str


@dataclass(frozen=True)
class Countdown(Component):
    """Time left; the server owns the end, this only shows it."""

    template = "ui/countdown.html"

    ends_at: datetime
    total_seconds: int
    label: Words

    @property
    def left(self) -> int:
        return max(0, int((self.ends_at - clock.now()).total_seconds()))

    @property
    def shown(self) -> str:
        return f"{self.left // 60:02d}:{self.left % 60:02d}"

    @property
    def spent_percent(self) -> int:
        return 100 - round(100 * min(self.left, self.total_seconds) / self.total_seconds)
