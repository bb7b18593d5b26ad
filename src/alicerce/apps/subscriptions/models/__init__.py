"""Tables of subscriptions."""

from alicerce.apps.subscriptions.models.change import Change
from alicerce.apps.subscriptions.models.discount import Discount
from alicerce.apps.subscriptions.models.item import Item
from alicerce.apps.subscriptions.models.movement import Movement
from alicerce.apps.subscriptions.models.period import BilledPeriod
from alicerce.apps.subscriptions.models.price_move import MovedPrice, PriceMove
from alicerce.apps.subscriptions.models.run import BillingBatch, BillingRun
from alicerce.apps.subscriptions.models.schedule import BillingTerms, Schedule
from alicerce.apps.subscriptions.models.subscription import Subscription

__all__ = [
    "BilledPeriod",
    "BillingBatch",
    "BillingRun",
    "BillingTerms",
    "Change",
    "Discount",
    "Item",
    "MovedPrice",
    "Movement",
    "PriceMove",
    "Schedule",
    "Subscription",
]
