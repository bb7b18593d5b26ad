"""What customers does."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.customers.events import CustomerCreated
from alicerce.apps.customers.models import Customer, CustomerUser
from alicerce.apps.customers.types import CustomerRole, NewCustomer
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def recognize_customer(*, new: NewCustomer, user_id: UUID, at: datetime) -> UUID:
    """The customer with this e-mail and document, made now if unknown, reachable by this person."""
    customer, is_new = Customer.objects.get_or_create(
        email=new.email.strip().lower(),
        document=new.document,
        defaults={
            "name": new.name,
            "document_kind": new.document_kind,
            "locale": new.locale,
        },
    )
    CustomerUser.objects.get_or_create(
        customer=customer, user_id=user_id, defaults={"role": CustomerRole.OWNER.value}
    )
    if is_new:
        audit.record(action="customer.created", entity="customer", entity_id=customer.id, at=at)
        publish(CustomerCreated(at=at, customer_id=customer.id))
    return UUID(str(customer.id))
