"""What other apps may ask of the catalog."""

from alicerce.apps.catalog.queries.options import options_of
from alicerce.apps.catalog.queries.quotes import quote
from alicerce.apps.catalog.queries.shop import priced_plan, storefront
from alicerce.apps.catalog.services.publish_plan import NewPlan, publish_plan

__all__ = [
    "NewPlan",
    "options_of",
    "priced_plan",
    "publish_plan",
    "quote",
    "storefront",
]
