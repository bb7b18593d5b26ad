"""The bar over every page that is seen in another person's place."""

from dataclasses import dataclass
from datetime import datetime

from alicerce.ui.component import Component, Content, Words
from alicerce.ui.copying import Countdown


@dataclass(frozen=True)
class StandInBar(Component):
    """Whose place it is, until when, and the way out of it."""

    template = "ui/stand_in_bar.html"

    text: Words
    mode: Words
    ends_at: datetime
    total_seconds: int
    label: Words
    way_out: Content

    @property
    def countdown(self) -> Countdown:
        return Countdown(self.ends_at, self.total_seconds, self.label)
