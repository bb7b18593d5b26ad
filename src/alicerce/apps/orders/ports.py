"""What orders need of who stands above: who can be charged now, and how early a period is invoiced."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

CardHolder = Callable[[UUID, datetime], bool]

card_holders: dict[str, CardHolder] = {}

LeadDays = Callable[[], int]

lead_days: dict[str, LeadDays] = {}
"""How many days before a period its invoice is issued, of whoever knows the company's terms."""
