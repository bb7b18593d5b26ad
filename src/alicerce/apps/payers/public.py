"""What other apps, and the surfaces, may ask of payers."""

from alicerce.apps.payers.queries.bills import bill, sales_of_company
from alicerce.apps.payers.services.sell import sell_product

__all__ = ["bill", "sales_of_company", "sell_product"]
