"""The least that is valid, for tests."""

from itertools import count
from typing import Any

from alicerce.apps.customers.models import Customer, CustomerUser
from alicerce.apps.customers.types import Profile
from alicerce.apps.identity.models import User
from alicerce.apps.identity.tests.factories import a_person
from alicerce.kernel.ids import uuid7

_numbers = count(100_000_000)


def a_cpf() -> str:
    """Another valid one each time."""
    digits = [int(digit) for digit in str(next(_numbers))]
    for first in (10, 11):
        weights = range(first, 1, -1)
        total = sum(d * w for d, w in zip(digits, weights, strict=True))
        digits.append(total * 10 % 11 % 10)
    return "".join(map(str, digits))


def a_profile(**given: Any) -> Profile:
    facts = {
        "name": "Renata Souza",
        "email": f"renata-{uuid7().hex[-6:]}@example.com",
        "document": a_cpf(),
        "document_kind": "cpf",
    }
    return Profile(**{**facts, **given})


def a_customer(**given: Any) -> Customer:
    facts = {
        "name": "Renata Souza",
        "email": f"renata-{uuid7().hex[-6:]}@example.com",
        "document": a_cpf(),
        "document_kind": "cpf",
    }
    return Customer.objects.create(**{**facts, **given})


def a_customer_user(customer: Customer, user: User, role: str = "owner") -> CustomerUser:
    return CustomerUser.objects.create(customer=customer, user=user, role=role)


__all__ = ["a_cpf", "a_customer", "a_customer_user", "a_person", "a_profile"]
