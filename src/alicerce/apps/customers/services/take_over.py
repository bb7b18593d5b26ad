"""Customers that another program had, many at once; and giving them up again while nothing hangs on them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.models import Q

from alicerce.apps.customers.errors import CustomerTaken
from alicerce.apps.customers.models import (
    Address,
    Contact,
    Customer,
    CustomerUser,
    Note,
    Tag,
    Word,
)
from alicerce.apps.customers.rules import tidy, words_of, words_of_profile
from alicerce.apps.customers.services.make_findable import PROFILE
from alicerce.apps.customers.types import AddressKind, ContactRole, CustomerStatus, Profile
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import LimitKey
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7

BESIDE = (Address, Contact, Tag, Word, Note)


@dataclass(frozen=True, slots=True)
class OldAddress:
    postal_code: str
    street: str
    number: str
    complement: str
    district: str
    city: str
    state: str


@dataclass(frozen=True, slots=True)
class OldContact:
    name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class OldCustomer:
    """Who bought elsewhere until now. A document that somebody has already makes it a duplicate."""

    profile: Profile
    status: CustomerStatus
    repeats_document: bool = False
    address: OldAddress | None = None
    contacts: tuple[OldContact, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Who is a customer already, by document, by e-mail and by what another program calls them."""

    documents: Mapping[str, UUID]
    emails: Mapping[str, UUID]


@transaction(shared=True)
def take_over(
    *, customers: Sequence[OldCustomer], at: datetime, brought_by: UUID | None = None
) -> list[UUID]:
    """Write them down, in their order; nobody is written to and no fact is said of each.

    Raises CustomerTaken, LimitReached: then none is.
    """
    written = [_row(one, brought_by) for one in customers]
    made = Customer.objects.bulk_create(written, ignore_conflicts=True)
    ids = [row.id for row in made]
    if Customer.objects.filter(pk__in=ids).count() < len(ids):
        raise CustomerTaken
    tenancy.keep_within(key=LimitKey.CUSTOMERS, at=at, more=len(ids))
    pairs = list(zip(ids, customers, strict=True))
    _write_beside(pairs)
    return ids


def known_customers(*, documents: Collection[str], emails: Collection[str]) -> Known:
    rows = Customer.objects.filter(
        Q(document__in=list(documents), document__gt="") | Q(email__in=list(emails))
    ).values_list("id", "document", "email", "is_duplicate")
    found = list(rows)
    return Known(
        {document: id_ for id_, document, _, again in found if document and not again},
        {email: id_ for id_, _, email, _ in found},
    )


@transaction(shared=True)
def make_all_findable(*, texts: Collection[tuple[UUID, str, str]]) -> None:
    """Many at once: a customer, what they have, and its origin, which is new."""
    Word.objects.bulk_create(
        (
            Word(customer_id=id_, word=word, origin=origin)
            for id_, text, origin in texts
            for word in sorted(words_of([text]))
        ),
        ignore_conflicts=True,
    )


def customer_versions(*, customer_ids: Collection[UUID]) -> dict[UUID, int]:
    """How often each was changed: another number than before, and somebody wrote in it."""
    own = Customer.objects.filter(pk__in=list(customer_ids))
    return dict(own.values_list("id", "version"))


@transaction(shared=True)
def give_back_customers(*, customer_ids: Collection[UUID]) -> list[UUID]:
    """Forget who was only taken over; the ids of those who act for themselves, or have something by now."""
    acting = CustomerUser.objects.filter(customer_id__in=list(customer_ids))
    kept = set(acting.values_list("customer_id", flat=True))
    going = [id_ for id_ in customer_ids if id_ not in kept]
    if _forget(going):
        return sorted(kept)
    return sorted(kept | {id_ for id_ in going if not _forget([id_])})


def _forget(customer_ids: Sequence[UUID]) -> bool:
    """All of them or none; False when something still refers to one."""
    try:
        with transaction():
            for model in BESIDE:
                model.objects.filter(customer_id__in=customer_ids).delete()
            Customer.objects.filter(pk__in=customer_ids).delete_some(most=len(customer_ids))
            connection.check_constraints()
    except IntegrityError:
        return False
    return True


def _row(one: OldCustomer, brought_by: UUID | None) -> Customer:
    row = Customer(id=uuid7(), status=one.status, brought_by=brought_by)
    row.adopt(tidy(one.profile))
    row.is_duplicate = one.repeats_document
    return row


def _write_beside(pairs: Sequence[tuple[UUID, OldCustomer]]) -> None:
    Word.objects.bulk_create(
        Word(customer_id=id_, word=word, origin=PROFILE)
        for id_, one in pairs
        for word in sorted(words_of_profile(tidy(one.profile)))
    )
    Address.objects.bulk_create(
        Address(
            customer_id=id_,
            kind=AddressKind.BILLING,
            **{name: getattr(one.address, name) for name in OldAddress.__slots__},
        )
        for id_, one in pairs
        if one.address
    )
    Contact.objects.bulk_create(
        Contact(
            customer_id=id_,
            name=contact.name,
            email=contact.email,
            phone=contact.phone,
            role=ContactRole.OTHER,
        )
        for id_, one in pairs
        for contact in one.contacts
    )
