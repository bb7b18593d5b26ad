"""Customers of the current tenant: one of them, a page of them, and what is kept beside them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from alicerce.apps.customers.errors import NoSuchCustomer
from alicerce.apps.customers.models import Address, Contact, Customer, Note, Tag, Tier, Word
from alicerce.apps.customers.rules import asked_words
from alicerce.apps.customers.types import (
    AddressCard,
    ContactCard,
    CustomerCard,
    CustomerDetail,
    CustomerPage,
    CustomerRow,
    CustomerStatus,
    NoteCard,
    TierCard,
    Wanted,
)

PAGE = 50


def customer(customer_id: UUID) -> CustomerCard:
    """Raises Customer.DoesNotExist."""
    return Customer.objects.get(pk=customer_id).card()


def customer_detail(customer_id: UUID) -> CustomerDetail:
    """Raises NoSuchCustomer."""
    found = Customer.objects.select_related("tier").filter(pk=customer_id).first()
    if found is None:
        raise NoSuchCustomer
    return found.detail(tags_of([customer_id])[customer_id])


def customers(wanted: Wanted, *, before: UUID | None = None, limit: int = PAGE) -> CustomerPage:
    """Newest first; the next page begins before the last id."""
    rows = narrowed(wanted)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("tier").order_by("-id")[: limit + 1])
    shown = found[:limit]
    tags = tags_of([row.id for row in shown])
    more = len(found) > limit
    return CustomerPage(
        tuple(_row(row, tags[row.id]) for row in shown), shown[-1].id if more else None
    )


def find_customers(words: str, *, limit: int) -> tuple[CustomerRow, ...]:
    """Those of the current tenant that the words of the list's own search find."""
    return customers(Wanted(text=words), limit=limit).customers


def narrowed(wanted: Wanted) -> Any:
    """The customers that every word and every filter agrees on."""
    rows = Customer.objects.all()
    for word in asked_words(wanted.text):
        rows = rows.filter(pk__in=Word.objects.beginning(word).values("customer_id"))
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.tier_id:
        rows = rows.filter(tier_id=wanted.tier_id)
    if wanted.tag:
        rows = rows.filter(pk__in=Tag.objects.filter(name=wanted.tag).values("customer_id"))
    if wanted.brought_by:
        rows = rows.filter(brought_by=wanted.brought_by)
    if wanted.since:
        rows = rows.filter(created_at__gte=wanted.since)
    return rows


def tiers() -> list[TierCard]:
    return [TierCard(tier.id, tier.name) for tier in Tier.objects.order_by("position", "name")]


def tags_in_use() -> list[str]:
    return list(Tag.objects.order_by("name").values_list("name", flat=True).distinct())


def addresses_of(customer_id: UUID) -> list[AddressCard]:
    found = Address.objects.filter(customer_id=customer_id).order_by("kind", "id")
    return [address.card() for address in found]


def contacts_of(customer_id: UUID) -> list[ContactCard]:
    found = Contact.objects.filter(customer_id=customer_id).order_by("name", "id")
    return [contact.card() for contact in found]


def notes_of(customer_id: UUID, *, limit: int = PAGE) -> list[NoteCard]:
    """Newest first."""
    found = Note.objects.filter(customer_id=customer_id).order_by("-id")[:limit]
    return [note.card() for note in found]


def tags_of(customer_ids: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    tags: dict[UUID, tuple[str, ...]] = defaultdict(tuple)
    for tag in Tag.objects.filter(customer_id__in=customer_ids).order_by("name"):
        tags[tag.customer_id] += (tag.name,)
    return tags


def _row(row: Customer, tags: tuple[str, ...]) -> CustomerRow:
    return CustomerRow(
        id=row.id,
        name=row.name,
        email=row.email,
        document=row.document,
        status=CustomerStatus(row.status),
        tier_name=row.tier.name if row.tier else "",
        tags=tags,
        phone=row.phone,
        external_reference=row.external_reference,
        created_at=row.created_at,
    )


def customers_at(_at: datetime) -> int:
    """How many customers the company keeps, for what limits them; a closed one makes room."""
    return int(Customer.objects.exclude(status=CustomerStatus.CLOSED).count())
