"""What other apps may ask of the catalog."""

from alicerce.apps.catalog.models import Taking
from alicerce.apps.catalog.queries.coupons import are_offered as coupons_are_offered
from alicerce.apps.catalog.queries.coupons import standing_coupons
from alicerce.apps.catalog.queries.fields import answers_to, fields_of
from alicerce.apps.catalog.queries.management import plans
from alicerce.apps.catalog.queries.options import options_of, options_with
from alicerce.apps.catalog.queries.quotes import limits_with, option_items, quote, quote_addon
from alicerce.apps.catalog.queries.shop import (
    addons_for,
    currencies_sold,
    most_of,
    plan_name,
    plans_beside,
    plans_of_kind,
    plans_of_prices,
    priced_addon,
    priced_beside,
    priced_of_kind,
    priced_plan,
    require_plan,
    storefront,
)
from alicerce.apps.catalog.queries.takings import has_tried
from alicerce.apps.catalog.queries.terms import terms_in_force
from alicerce.apps.catalog.queries.versions import price_history
from alicerce.apps.catalog.services.mirror_coupons import mirror_coupons
from alicerce.apps.catalog.services.mirror_plans import PlanCopy, mirror_plans
from alicerce.apps.catalog.services.mirror_plans import written as written_option
from alicerce.apps.catalog.services.publish_plan import NewPlan, publish_plan
from alicerce.apps.catalog.services.publish_terms import publish_terms
from alicerce.apps.catalog.services.take import give_back, keep_units, take
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
    "PlanCopy",
    "Sold",
    "addons_for",
    "answers_to",
    "coupons_are_offered",
    "currencies_sold",
    "fields_of",
    "give_back",
    "give_back_plans",
    "has_tried",
    "keep_units",
    "limits_with",
    "mirror_coupons",
    "mirror_plans",
    "most_of",
    "option_items",
    "options_of",
    "options_with",
    "personal",
    "plan_name",
    "plans",
    "plans_beside",
    "plans_of_kind",
    "plans_of_prices",
    "price_history",
    "priced_addon",
    "priced_beside",
    "priced_of_kind",
    "priced_plan",
    "publish_plan",
    "publish_terms",
    "quote",
    "quote_addon",
    "require_plan",
    "sold_prices",
    "standing_coupons",
    "storefront",
    "take",
    "take_over_plans",
    "terms_in_force",
    "written_option",
]

personal = PersonalRecords(Taking)
