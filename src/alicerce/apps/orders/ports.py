"""What orders need of who stands above: who can be charged, where a plan fits, how early a period is invoiced, what use costs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

CardHolder = Callable[[UUID, datetime], bool]

card_holders: dict[str, CardHolder] = {}


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere that what is ordered can be delivered, with room for so many more."""

    id: UUID
    name: str
    room: int

    @property
    def spec(self) -> dict[str, str]:
        """As the line keeps it, for whoever delivers."""
        return {"server_id": str(self.id), "server_name": self.name}


Places = Callable[[Mapping[str, str], datetime], Sequence[Place]]

places: dict[str, Places] = {}
"""By what a plan sells: where it can be delivered now, of whoever delivers it."""

LeadDays = Callable[[], int]

lead_days: dict[str, LeadDays] = {}
"""How many days before a period its invoice is issued, of whoever knows the company's terms."""

PricesByUse = Callable[[UUID], Sequence[tuple[str, str]]]

prices_by_use: dict[str, PricesByUse] = {}
"""What is counted of a plan, and what that costs: whoever orders it reads it first."""
