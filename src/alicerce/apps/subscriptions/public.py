"""What other apps may ask of subscriptions."""

from alicerce.apps.subscriptions.models import Change, Item, Schedule, Subscription
from alicerce.apps.subscriptions.queries.cards import (
    subscription,
    subscription_of_line,
    subscriptions_of,
    subscriptions_of_invoice,
)
from alicerce.apps.subscriptions.services.change_standing import (
    catch_up,
    end,
    fall_behind,
    resume,
    suspend,
)
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "catch_up",
    "end",
    "fall_behind",
    "personal",
    "resume",
    "subscription",
    "subscription_of_line",
    "subscriptions_of",
    "subscriptions_of_invoice",
    "suspend",
]

personal = PersonalRecords(Subscription, Item, Change, Schedule)
