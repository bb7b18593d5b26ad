"""What is sold, and for how much."""

from alicerce.apps.catalog.models.coupon import Coupon, CouponPlan, Taking
from alicerce.apps.catalog.models.field import PlanField
from alicerce.apps.catalog.models.option import Choice, ChoicePrice, Option
from alicerce.apps.catalog.models.plan import Plan, Price, Product
from alicerce.apps.catalog.models.terms import Terms

__all__ = [
    "Choice",
    "ChoicePrice",
    "Coupon",
    "CouponPlan",
    "Option",
    "Plan",
    "PlanField",
    "Price",
    "Product",
    "Taking",
    "Terms",
]
