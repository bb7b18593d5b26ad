"""What other apps may ask of subscriptions."""

from alicerce.apps.subscriptions.models import (
    Change,
    Item,
    MovedPrice,
    Movement,
    Schedule,
    Subscription,
)
from alicerce.apps.subscriptions.queries.cards import (
    subscription,
    subscription_of_line,
    subscriptions_of,
    subscriptions_of_invoice,
)
from alicerce.apps.subscriptions.queries.foreseeing import StandsNow, standings, would_renew
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
from alicerce.apps.subscriptions.services.take_over import (
    Course,
    OldSubscription,
    begin_billing,
    follow,
    give_back_subscriptions,
    marks,
    take_over,
)
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "Course",
    "OldSubscription",
    "StandsNow",
    "begin_billing",
    "bringing",
    "brought",
    "brought_by_price",
    "catch_up",
    "end",
    "fall_behind",
    "follow",
    "give_back_subscriptions",
    "lost_customers",
    "marks",
    "moved_by_month",
    "movements",
    "personal",
    "resume",
    "standings",
    "subscription",
    "subscription_of_line",
    "subscriptions_of",
    "subscriptions_of_invoice",
    "suspend",
    "take_over",
    "would_renew",
]

personal = PersonalRecords(Subscription, Item, Change, Schedule, Movement, MovedPrice)
