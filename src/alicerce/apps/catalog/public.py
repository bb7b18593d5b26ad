"""What other apps may ask of the catalog."""

from alicerce.apps.catalog.models import Taking
from alicerce.apps.catalog.queries.coupons import are_offered as coupons_are_offered
from alicerce.apps.catalog.queries.options import options_of
from alicerce.apps.catalog.queries.quotes import quote
from alicerce.apps.catalog.queries.shop import plans_beside, priced_plan, storefront
from alicerce.apps.catalog.queries.terms import terms_in_force
from alicerce.apps.catalog.services.publish_plan import NewPlan, publish_plan
from alicerce.apps.catalog.services.publish_terms import publish_terms
from alicerce.apps.catalog.services.take import give_back, take
from alicerce.apps.catalog.services.take_over import (
    OldPlan,
    Sold,
    give_back_plans,
    sold_prices,
    take_over_plans,
)
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "NewPlan",
    "OldPlan",
    "Sold",
    "coupons_are_offered",
    "give_back",
    "give_back_plans",
    "options_of",
    "personal",
    "plans_beside",
    "priced_plan",
    "publish_plan",
    "publish_terms",
    "quote",
    "sold_prices",
    "storefront",
    "take",
    "take_over_plans",
    "terms_in_force",
]

personal = PersonalRecords(Taking)
