"""The least that is valid, for tests."""

from typing import Any

from alicerce.apps.customers.models import Customer, CustomerUser
from alicerce.apps.identity.models import User
from alicerce.apps.identity.tests.factories import a_person
from alicerce.kernel.ids import uuid7


def a_customer(**given: Any) -> Customer:
    facts = {
        "name": "Renata Souza",
        "email": f"renata-{uuid7().hex[-6:]}@example.com",
        "document": "52998224725",
        "document_kind": "cpf",
    }
    return Customer.objects.create(**{**facts, **given})


def a_customer_user(customer: Customer, user: User) -> CustomerUser:
    return CustomerUser.objects.create(customer=customer, user=user, role="owner")


__all__ = ["a_customer", "a_customer_user", "a_person"]
