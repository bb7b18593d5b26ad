"""One terminal for many processes: each line says who spoke."""

import sys
from contextlib import suppress
from dataclasses import dataclass, field
from typing import BinaryIO

WIDTH = 10
COLORS = (36, 35, 34, 33, 32)


@dataclass
class Output:
    """Lines with a coloured name in front; a terminal that went away never stops the stack."""

    stream: BinaryIO = field(default_factory=lambda: sys.stdout.buffer)
    colored: bool = False
    pending: dict[str, bytes] = field(default_factory=dict)
    speakers: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        self._write(self._label("alicerce", 1) + text.encode() + b"\n")

    def plain(self, text: str) -> None:
        self._write(text.encode() + b"\n")

    def show(self, speaker: str, chunk: bytes) -> None:
        """Whole lines now; the rest of a line when it arrives."""
        *lines, rest = (self.pending.pop(speaker, b"") + chunk).split(b"\n")
        if rest:
            self.pending[speaker] = rest
        label = self._label(speaker, self._color(speaker))
        self._write(b"".join(label + line + b"\n" for line in lines))

    def _color(self, speaker: str) -> int:
        if speaker not in self.speakers:
            self.speakers.append(speaker)
        return COLORS[self.speakers.index(speaker) % len(COLORS)]

    def _label(self, speaker: str, color: int) -> bytes:
        name = f"{speaker:<{WIDTH}} │ "
        return (f"\x1b[{color}m{name}\x1b[0m" if self.colored else name).encode()

    def _write(self, text: bytes) -> None:
        with suppress(OSError, ValueError):
            self.stream.write(text)
            self.stream.flush()
