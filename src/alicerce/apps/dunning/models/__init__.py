"""Tables of dunning."""

from alicerce.apps.dunning.models.ladder import Ladder, LadderStep, LadderVersion, Override
from alicerce.apps.dunning.models.walk import Hold, Taken, Walk

__all__ = ["Hold", "Ladder", "LadderStep", "LadderVersion", "Override", "Taken", "Walk"]
