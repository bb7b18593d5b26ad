"""Whether an account could be made as a plan says. Plain Python."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one server has; None is not known."""

    region: str
    packages: Collection[str] | None


def is_nowhere(package: str, region: str, shelves: Sequence[Shelf]) -> bool:
    """Whether no server of the region has it. What nobody knows is not denied."""
    fitting = [one for one in shelves if region in ("", one.region)]
    return bool(fitting) and all(
        one.packages is not None and package not in one.packages for one in fitting
    )
