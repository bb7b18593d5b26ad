"""What other apps, and the surfaces, may ask of payers."""

from alicerce.apps.payers.queries.bills import bill, customer_of, sales_of_company
from alicerce.apps.payers.queries.buying import answers_for
from alicerce.apps.payers.services.sell import sell_product

__all__ = ["answers_for", "bill", "customer_of", "sales_of_company", "sell_product"]
