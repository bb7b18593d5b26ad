"""What orders need of who stands above: what can be charged now, and what a plan costs by its use."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

CardHolder = Callable[[UUID, datetime], bool]

card_holders: dict[str, CardHolder] = {}

PricesByUse = Callable[[UUID], Sequence[tuple[str, str]]]

prices_by_use: dict[str, PricesByUse] = {}
"""What is counted of a plan, and what that costs: whoever orders it reads it first."""
