"""Write a customer down, and what changed of one."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.db import transaction as django_transaction

from alicerce.apps.audit import public as audit
from alicerce.apps.customers.errors import BadCustomer, CustomerTaken, NoSuchCustomer
from alicerce.apps.customers.events import CustomerCreated, CustomerUpdated
from alicerce.apps.customers.models import Customer, Tag, Tier
from alicerce.apps.customers.rules import tidy, words_of_profile
from alicerce.apps.customers.services.make_findable import PROFILE, add_words, replace_words
from alicerce.apps.customers.types import Profile
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import LimitKey
from alicerce.kernel.brazil import BadDocument, document
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

SHOWN = ("kind", "tier_id", "iss_withheld", "locale")  # nothing that tells who somebody is


@transaction()
def create_customer(*, profile: Profile, at: datetime, brought_by: UUID | None = None) -> UUID:
    """Raises BadCustomer, CustomerTaken, LimitReached."""
    profile = _checked(profile)
    customer = Customer(brought_by=brought_by)
    customer.adopt(profile)
    if not Customer.objects.add_once(customer):
        raise CustomerTaken
    tenancy.keep_within(key=LimitKey.CUSTOMERS, at=at)
    Tag.objects.bulk_create(Tag(customer=customer, name=name) for name in set(profile.tags))
    add_words(customer_id=customer.id, words=words_of_profile(profile), origin=PROFILE)
    announce(customer=customer, at=at)
    return UUID(str(customer.id))


@transaction()
def update_customer(
    *, customer_id: UUID, profile: Profile, at: datetime, expected_version: int | None = None
) -> int:
    """The version it has now. What stays the same is no change.

    Raises NoSuchCustomer, StaleCustomer, BadCustomer, CustomerTaken.
    """
    customer = locked(customer_id=customer_id)
    profile = _checked(profile)
    before = {name: getattr(customer, name) for name in SHOWN}
    changed = customer.adopt(profile, expected_version=expected_version)
    if _retag(customer, profile):
        changed.append("tags")
    if changed:
        _update_or_refuse(customer, [name for name in changed if name != "tags"])
        replace_words(customer_id=customer.id, words=words_of_profile(profile), origin=PROFILE)
        _record(customer, before, changed, at=at)
    return int(customer.version)


def locked(*, customer_id: UUID) -> Customer:
    """Raises NoSuchCustomer."""
    try:
        customer: Customer = Customer.objects.lock(customer_id)
    except Customer.DoesNotExist:
        raise NoSuchCustomer from None
    return customer


def announce(*, customer: Customer, at: datetime) -> None:
    audit.record(action="customer.created", entity="customer", entity_id=customer.id, at=at)
    publish(CustomerCreated(at=at, customer_id=customer.id))


def _checked(profile: Profile) -> Profile:
    """Tidied, with a document whose digits agree and a tier of ours. Raises BadCustomer."""
    profile = tidy(profile)
    if not profile.name:
        raise BadCustomer("name")
    if profile.document and not _is_document(profile):
        raise BadCustomer("document")
    if profile.tier_id and not Tier.objects.filter(pk=profile.tier_id).exists():
        raise BadCustomer("tier")
    return profile


def _is_document(profile: Profile) -> bool:
    try:
        found = document(profile.document)
    except BadDocument:
        return False
    return (found.kind, found.number) == (profile.document_kind, profile.document)


def _update_or_refuse(customer: Customer, changed: list[str]) -> None:
    try:
        with django_transaction.atomic():
            customer.store(changed)
    except IntegrityError:
        raise CustomerTaken from None


def _retag(customer: Customer, profile: Profile) -> bool:
    had = set(Tag.objects.filter(customer=customer).values_list("name", flat=True))
    wanted = set(profile.tags)
    Tag.objects.filter(customer=customer, name__in=had - wanted).delete()
    Tag.objects.bulk_create(Tag(customer=customer, name=name) for name in wanted - had)
    return had != wanted


def _record(
    customer: Customer, before: dict[str, object], changed: list[str], *, at: datetime
) -> None:
    """The trail says which fields changed; what they say only where it tells of nobody."""
    after = {name: getattr(customer, name) for name in SHOWN if name in changed}
    audit.record(
        action="customer.updated",
        entity="customer",
        entity_id=customer.id,
        before={name: before[name] for name in after},
        after={**after, "fields": changed, "version": customer.version},
        at=at,
    )
    publish(
        CustomerUpdated(
            at=at,
            customer_id=customer.id,
            fields=tuple(changed),
            customer_version=customer.version,
        )
    )
