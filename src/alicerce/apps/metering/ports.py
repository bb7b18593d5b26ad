"""What metering needs of the apps above it: what there is that uses something."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from alicerce.apps.metering.types import Metered

FindMetered = Callable[[Collection[UUID]], Mapping[UUID, Metered]]

users: dict[str, FindMetered] = {}
"""By id. What is found is held against its billing until the transaction ends: what is recorded meanwhile
is counted before, or after, and never lost between."""


def metered_of(subscription_ids: Collection[UUID]) -> dict[UUID, Metered]:
    return {key: one for find in users.values() for key, one in find(subscription_ids).items()}
