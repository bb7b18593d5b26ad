"""What other apps may ask of customers."""

from alicerce.apps.customers.queries.access import client_access, customers_of_user
from alicerce.apps.customers.queries.customers import customer, customer_detail, customers
from alicerce.apps.customers.queries.records import customers_by_id
from alicerce.apps.customers.services.make_findable import make_findable
from alicerce.apps.customers.services.recognize_customer import recognize_customer

__all__ = [
    "client_access",
    "customer",
    "customer_detail",
    "customers",
    "customers_by_id",
    "customers_of_user",
    "make_findable",
    "recognize_customer",
]
