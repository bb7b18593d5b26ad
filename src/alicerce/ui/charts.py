"""Charts: drawn here, read without script, and never without a table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from alicerce.ui.component import Component, Words

HEIGHT, BAR, GAP, FOOT = 120, 40, 16, 18


@dataclass(frozen=True)
class Bar:
    """`shown` is the value as people read it; below zero nothing is drawn."""

    label: Words
    value: int
    shown: Words


@dataclass(frozen=True)
class Drawn:
    """A bar where it stands."""

    bar: Bar
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + BAR // 2


@dataclass(frozen=True)
class BarChart(Component):
    """One bar for each of a few months, or parts; the highest fills the height."""

    template = "ui/bar_chart.html"

    label: Words
    bars: Sequence[Bar]

    @property
    def width(self) -> int:
        return len(self.bars) * (BAR + GAP) + GAP

    @property
    def height(self) -> int:
        return HEIGHT + FOOT

    @property
    def bar_width(self) -> int:
        return BAR

    @property
    def floor(self) -> int:
        return HEIGHT

    @property
    def foot(self) -> int:
        return HEIGHT + FOOT - 5

    @property
    def drawn(self) -> list[Drawn]:
        most = max((bar.value for bar in self.bars), default=0)
        return [
            Drawn(bar, GAP + place * (BAR + GAP), HEIGHT - high, high)
            for place, bar in enumerate(self.bars)
            for high in [HEIGHT * max(bar.value, 0) // most if most > 0 else 0]
        ]
