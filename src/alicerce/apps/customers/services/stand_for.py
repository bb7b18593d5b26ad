"""The customer that a thing of ours stands for, such as an account that pays: made once, by its reference."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from alicerce.apps.customers.errors import CustomerTaken
from alicerce.apps.customers.models import Customer, CustomerUser, Tag
from alicerce.apps.customers.rules import tidy, words_of_profile
from alicerce.apps.customers.services.give_access import attach
from alicerce.apps.customers.services.make_findable import PROFILE, add_words
from alicerce.apps.customers.services.save_customer import announce, locked, update_customer
from alicerce.apps.customers.types import CustomerRole, Profile
from alicerce.kernel.db import transaction


@transaction()
def stand_for(*, profile: Profile, user_id: UUID, at: datetime) -> UUID:
    """The customer with this reference, made now if unknown, whom this person acts for as its owner.

    Made twice at once it is made once: the database keeps one for each reference.
    """
    assert profile.external_reference, "it is what tells this customer apart"
    made = Customer()
    made.adopt(tidy(profile))
    Customer.objects.bulk_create([made], ignore_conflicts=True)
    known = Customer.objects.filter(external_reference=made.external_reference).first()
    if known is None:
        raise CustomerTaken
    if known.id == made.id:
        add_words(customer_id=made.id, words=words_of_profile(profile), origin=PROFILE)
        announce(customer=made, at=at)
    locked(customer_id=known.id)
    if not CustomerUser.objects.filter(customer=known).exists():
        attach(customer=known, user_id=user_id, role=CustomerRole.OWNER, at=at)
    return UUID(str(known.id))


@transaction()
def rename(*, customer_id: UUID, name: str, email: str, at: datetime) -> None:
    """What it stands for is called otherwise, or reads its bills elsewhere; the rest stays as it is."""
    customer = locked(customer_id=customer_id)
    tags = Tag.objects.filter(customer=customer).values_list("name", flat=True)
    profile = customer.detail(tuple(tags)).profile
    wanted = replace(profile, name=name, email=email)
    if wanted != profile:
        update_customer(customer_id=customer_id, profile=wanted, at=at)
