"""Facts of developers."""

from typing import ClassVar

from alicerce.kernel.events import Event


class CleaningDue(Event):
    """It is time to forget old calls, answers and tokens of this company."""

    name: ClassVar[str] = "developers.cleaning_due"
    is_internal: ClassVar[bool] = True
