"""What orders need of who stands above: whether a customer keeps something that can be charged now."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

CardHolder = Callable[[UUID, datetime], bool]

card_holders: dict[str, CardHolder] = {}
