"""Who can stand in for providers in rehearsals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from alicerce.apps.hosting.public import ServerForm


@dataclass(frozen=True, slots=True)
class StandIns:
    """Providers that pretend: a Stripe, and servers."""

    stripe_url: str
    stripe_credentials: Mapping[str, str] = field(repr=False)
    servers: tuple[ServerForm, ...]


stand_ins: dict[str, Callable[[], StandIns | None]] = {}
"""By where they come from; None while none of them is there."""
