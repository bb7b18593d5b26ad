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
    lost_for_debt,
    sold_as,
    stopped_for_debt,
    subscription,
    subscription_of_line,
    subscriptions_by_id,
    subscriptions_of,
    subscriptions_of_invoice,
)
from alicerce.apps.subscriptions.queries.changing import (
    open_change,
    plans_to_choose,
    preview_change,
)
from alicerce.apps.subscriptions.queries.foreseeing import (
    StandsNow,
    next_asked,
    standings,
    would_renew,
)
from alicerce.apps.subscriptions.queries.foreseen import shelves, subscriptions_of_invoices
from alicerce.apps.subscriptions.queries.revenue import (
    bringing,
    brought,
    brought_by_price,
    lost_customers,
    moved_by_month,
    movements,
)
from alicerce.apps.subscriptions.rules.foreseen import Asked, Awaited, Kept, Shelf
from alicerce.apps.subscriptions.rules.foreseen_addons import addons_of as addons_on_shelf
from alicerce.apps.subscriptions.rules.foreseen_addons import let_go, stop_addons
from alicerce.apps.subscriptions.rules.renewing import Due, usage_lines
from alicerce.apps.subscriptions.services.backfill import backfill_some
from alicerce.apps.subscriptions.services.begin_on_account import OnAccount, begin_on_account
from alicerce.apps.subscriptions.services.cancel import (
    cancel_at_period_end,
    cancel_now,
    reactivate,
)
from alicerce.apps.subscriptions.services.change_plan import change_plan
from alicerce.apps.subscriptions.services.change_standing import (
    catch_up,
    end,
    fall_behind,
    resume,
    suspend,
)
from alicerce.apps.subscriptions.services.close_change import withdraw_change
from alicerce.apps.subscriptions.services.keep_within import keep_within
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
    "Asked",
    "Awaited",
    "Course",
    "Due",
    "Kept",
    "OldSubscription",
    "OnAccount",
    "Shelf",
    "StandsNow",
    "addons_on_shelf",
    "backfill_some",
    "begin_billing",
    "begin_on_account",
    "bringing",
    "brought",
    "brought_by_price",
    "cancel_at_period_end",
    "cancel_now",
    "catch_up",
    "change_plan",
    "end",
    "fall_behind",
    "follow",
    "give_back_subscriptions",
    "keep_within",
    "let_go",
    "lost_customers",
    "lost_for_debt",
    "marks",
    "moved_by_month",
    "movements",
    "next_asked",
    "open_change",
    "personal",
    "plans_to_choose",
    "preview_change",
    "reactivate",
    "resume",
    "shelves",
    "sold_as",
    "standings",
    "stop_addons",
    "stopped_for_debt",
    "subscription",
    "subscription_of_line",
    "subscriptions_by_id",
    "subscriptions_of",
    "subscriptions_of_invoice",
    "subscriptions_of_invoices",
    "suspend",
    "take_over",
    "usage_lines",
    "withdraw_change",
    "would_renew",
]

personal = PersonalRecords(Subscription, Item, Change, Schedule, Movement, MovedPrice)
