"""What other apps may ask of subscriptions."""

from alicerce.apps.subscriptions.models import Change, Item, Movement, Schedule, Subscription
from alicerce.apps.subscriptions.queries.cards import (
    subscription,
    subscription_of_line,
    subscriptions_of,
    subscriptions_of_invoice,
)
from alicerce.apps.subscriptions.queries.revenue import (
    bringing,
    brought,
    brought_by_price,
    lost_customers,
    moved_by_month,
    movements,
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
    "bringing",
    "brought",
    "brought_by_price",
    "catch_up",
    "end",
    "fall_behind",
    "lost_customers",
    "moved_by_month",
    "movements",
    "personal",
    "resume",
    "subscription",
    "subscription_of_line",
    "subscriptions_of",
    "subscriptions_of_invoice",
    "suspend",
]

personal = PersonalRecords(Subscription, Item, Change, Schedule, Movement)
