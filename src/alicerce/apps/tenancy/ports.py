"""What tenancy needs of the apps above it: how much of what is limited there is already."""

from collections.abc import Callable
from datetime import datetime

Count = Callable[[datetime], int]

counts: dict[str, Count] = {}
"""By limit; each counts the rows of the current tenant as they are at an instant."""
