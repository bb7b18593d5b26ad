"""What is kept beside customers, as programs read it: plain rows, no instances."""

from typing import Any
from uuid import UUID

from alicerce.apps.customers.errors import NoSuchCustomer
from alicerce.apps.customers.models import Address, Contact, Customer, Note, Tier
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

ADDRESS = (
    "id", "customer_id", "kind", "postal_code", "street", "number", "complement", "district",
    "city", "state",
)  # fmt: skip
CONTACT = ("id", "customer_id", "name", "role", "email", "phone")
NOTE = ("id", "customer_id", "author", "body", "at")
TIER = ("id", "name")


def address_rows(window: Window, *, customer_id: UUID) -> Slice:
    """Raises NoSuchCustomer."""
    return _told("address", slice_of(_beside(Address, customer_id), window, *ADDRESS))


def address_record(customer_id: UUID, address_id: UUID) -> Row:
    """Raises NoSuchCustomer, Address.DoesNotExist."""
    rows = _beside(Address, customer_id)
    return {"object": "address", **rows.values(*ADDRESS).get(pk=address_id)}


def contact_rows(window: Window, *, customer_id: UUID) -> Slice:
    """Raises NoSuchCustomer."""
    return _told("contact", slice_of(_beside(Contact, customer_id), window, *CONTACT))


def contact_record(customer_id: UUID, contact_id: UUID) -> Row:
    """Raises NoSuchCustomer, Contact.DoesNotExist."""
    rows = _beside(Contact, customer_id)
    return {"object": "contact", **rows.values(*CONTACT).get(pk=contact_id)}


def note_rows(window: Window, *, customer_id: UUID) -> Slice:
    """Raises NoSuchCustomer."""
    return _told("note", slice_of(_beside(Note, customer_id), window, *NOTE))


def note_record(customer_id: UUID, note_id: UUID) -> Row:
    """Raises NoSuchCustomer, Note.DoesNotExist."""
    return {"object": "note", **_beside(Note, customer_id).values(*NOTE).get(pk=note_id)}


def tier_rows(window: Window) -> Slice:
    return _told("tier", slice_of(Tier.objects.all(), window, *TIER))


def tier_record(tier_id: UUID, *, locked: bool = False) -> Row:
    """Raises Tier.DoesNotExist."""
    rows = Tier.objects.select_for_update() if locked else Tier.objects.all()
    return {"object": "tier", **rows.values(*TIER).get(pk=tier_id)}


def _beside(model: Any, customer_id: UUID) -> Any:
    if not Customer.objects.filter(pk=customer_id).exists():
        raise NoSuchCustomer
    return model.objects.filter(customer_id=customer_id)


def _told(name: str, found: Slice) -> Slice:
    return Slice([{"object": name, **row} for row in found.rows], found.next_cursor)
