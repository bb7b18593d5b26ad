"""What other apps may ask of the catalog."""

from alicerce.apps.catalog.queries.shop import priced_plan, storefront
from alicerce.apps.catalog.services.publish_plan import NewPlan, publish_plan

__all__ = ["NewPlan", "priced_plan", "publish_plan", "storefront"]
