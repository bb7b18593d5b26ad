"""What other apps may ask of the catalog."""

from alicerce.apps.catalog.queries import plans_beside, priced_plan, storefront
from alicerce.apps.catalog.services import NewPlan, publish_plan

__all__ = ["NewPlan", "plans_beside", "priced_plan", "publish_plan", "storefront"]
