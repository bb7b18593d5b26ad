"""Know who orders, and let the right person into the client area: never by an address alone."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.customers.errors import NotServed
from alicerce.apps.customers.models import Customer, CustomerUser
from alicerce.apps.customers.rules import tidy, words_of_profile
from alicerce.apps.customers.services.give_access import attach, offer
from alicerce.apps.customers.services.make_findable import PROFILE, replace_words
from alicerce.apps.customers.services.save_customer import announce, locked
from alicerce.apps.customers.types import (
    CustomerKind,
    CustomerRole,
    CustomerStatus,
    InvitationReason,
    NewCustomer,
    Profile,
)
from alicerce.apps.identity import public as identity
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.errors import LimitReached
from alicerce.apps.tenancy.types import LimitKey
from alicerce.kernel.db import transaction


@transaction()
def recognize_customer(*, new: NewCustomer, user_id: UUID | None, at: datetime) -> UUID:
    """The customer with this document, made now if unknown. Raises NotServed.

    `user_id` is who is signed in, and None for a visitor. What happens to the client area cannot be
    told from the answer, and a customer that has people gets no more of them by an order. Held until
    the order is written: who is blocked or closed meanwhile is so before it, or after.
    """
    made = _unsaved(new)
    Customer.objects.bulk_create([made], ignore_conflicts=True)
    known = Customer.objects.same_as(email=made.email, document=made.document)
    customer = locked(customer_id=known.id)
    if customer.status != CustomerStatus.ACTIVE:
        raise NotServed
    if customer.id == made.id:
        _keep_within(at=at)
        profile = customer.detail(()).profile
        replace_words(customer_id=made.id, words=words_of_profile(profile), origin=PROFILE)
        announce(customer=customer, at=at)
    if not CustomerUser.objects.filter(customer=customer).exists():
        _let_in(customer, user_id if customer.id == made.id else None, at=at)
    return UUID(str(customer.id))


def _keep_within(*, at: datetime) -> None:
    """What a company has bought is no news for its visitors: they are not served, that is all."""
    try:
        tenancy.keep_within(key=LimitKey.CUSTOMERS, at=at)
    except LimitReached as full:
        raise NotServed from full


def _unsaved(new: NewCustomer) -> Customer:
    kind = CustomerKind.COMPANY if new.document_kind == "cnpj" else CustomerKind.PERSON
    customer = Customer()
    customer.adopt(
        tidy(
            Profile(
                name=new.name,
                email=new.email,
                kind=kind,
                document=new.document,
                document_kind=new.document_kind,
                locale=new.locale,
            )
        )
    )
    return customer


def _let_in(customer: Customer, user_id: UUID | None, *, at: datetime) -> None:
    """Whoever is signed in; somebody who never was anywhere; everybody else by a link in the mail.

    An account that nobody ever entered opens only by a letter to its address: there is nobody whose
    area could fill with a stranger's order. Anybody else is asked first.
    """
    if user_id:
        attach(customer=customer, user_id=user_id, role=CustomerRole.OWNER, at=at)
        return
    known = identity.sign_up(email=customer.email, name=customer.name, locale=customer.locale)
    is_first = not CustomerUser.objects.filter(user_id=known).exists()
    if is_first and identity.never_signed_in(user_id=known):
        attach(customer=customer, user_id=known, role=CustomerRole.OWNER, at=at)
        return
    offer(
        customer=customer,
        email=customer.email,
        role=CustomerRole.OWNER,
        reason=InvitationReason.ORDERED,
        at=at,
    )
