"""What other apps may ask of customers."""

from alicerce.apps.customers.queries import client_access, customer, customers_of_user
from alicerce.apps.customers.services import recognize_customer

__all__ = ["client_access", "customer", "customers_of_user", "recognize_customer"]
