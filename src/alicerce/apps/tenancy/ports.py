"""What tenancy needs of the apps above it: how much of what is limited there is, and which keys ended."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

Count = Callable[[datetime], int]

counts: dict[str, Count] = {}
"""By limit; each counts the rows of the current tenant as they are at an instant."""

was_revoked: dict[str, Callable[[UUID], bool]] = {}
"""Whether a key of the current company, or one that took its place, was taken back."""
