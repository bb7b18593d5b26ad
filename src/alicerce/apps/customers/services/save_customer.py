"""Write a customer down, and what changed of one."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.db import transaction as django_transaction

from alicerce.apps.audit import public as audit
from alicerce.apps.customers.errors import CustomerTaken, NoSuchCustomer
from alicerce.apps.customers.events import CustomerCreated
from alicerce.apps.customers.models import Customer
from alicerce.apps.customers.types import Profile
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def create_customer(*, profile: Profile, at: datetime) -> UUID:
    """Raises CustomerTaken."""
    customer = Customer()
    customer.adopt(profile)
    _store(customer, is_new=True)
    audit.record(action="customer.created", entity="customer", entity_id=customer.id, at=at)
    publish(CustomerCreated(at=at, customer_id=customer.id))
    return UUID(str(customer.id))


@transaction()
def update_customer(*, customer_id: UUID, profile: Profile, at: datetime) -> None:
    """What stays the same is no change. Raises NoSuchCustomer, CustomerTaken."""
    customer = locked(customer_id=customer_id)
    if changed := customer.adopt(profile):
        _store(customer)
        audit.record(
            action="customer.updated",
            entity="customer",
            entity_id=customer.id,
            after={"fields": changed},
            at=at,
        )


def locked(*, customer_id: UUID) -> Customer:
    """Raises NoSuchCustomer."""
    try:
        customer: Customer = Customer.objects.lock(customer_id)
    except Customer.DoesNotExist:
        raise NoSuchCustomer from None
    return customer


def _store(customer: Customer, *, is_new: bool = False) -> None:
    try:
        with django_transaction.atomic():
            customer.save(force_insert=is_new)
    except IntegrityError:
        raise CustomerTaken from None
