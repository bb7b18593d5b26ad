"""What taxes and tax documents want to know of customers."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from alicerce.apps.customers.models import Address, Customer
from alicerce.apps.customers.types import AddressCard, AddressKind


@dataclass(frozen=True, slots=True)
class FiscalFacts:
    """What decides about the taxes of a customer. The state is the one of the billing address."""

    kind: str
    iss_withheld: bool
    locale: str
    state: str


def fiscal_facts(customer_ids: Collection[UUID]) -> dict[UUID, FiscalFacts]:
    """Of many customers, in two statements."""
    billing = Address.objects.filter(customer_id__among=customer_ids, kind=AddressKind.BILLING)
    states = dict(billing.values_list("customer_id", "state"))
    rows = Customer.objects.filter(pk__among=customer_ids).values_list(
        "id", "kind", "iss_withheld", "locale"
    )
    return {
        id_: FiscalFacts(kind, withheld, locale, states.get(id_, ""))
        for id_, kind, withheld, locale in rows
    }


def billing_address(customer_id: UUID) -> AddressCard | None:
    found = Address.objects.filter(customer_id=customer_id, kind=AddressKind.BILLING).first()
    return found.card() if found else None
