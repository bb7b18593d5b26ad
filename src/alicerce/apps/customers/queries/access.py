"""Who acts for whom."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from alicerce.apps.customers.models import CustomerUser, Invitation
from alicerce.apps.customers.permissions import CLIENT_PEOPLE
from alicerce.apps.customers.rules import GRANTS, hash_of
from alicerce.apps.customers.types import (
    ClientAccess,
    CustomerRole,
    InvitationCard,
    PersonCard,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction


def client_access(user_id: UUID | None) -> ClientAccess:
    """What a person may do for the current tenant's customers; a stranger nothing."""
    if user_id is None:
        return ClientAccess()
    links = CustomerUser.objects.filter(user_id=user_id).order_by("id")
    reach: dict[str, list[UUID]] = defaultdict(list)
    for customer_id, role in links.values_list("customer_id", "role"):
        for permission in GRANTS.get(role, frozenset()):
            reach[permission].append(customer_id)
    return ClientAccess({permission: tuple(ids) for permission, ids in reach.items()})


def customers_of_user(user_id: UUID) -> list[UUID]:
    return list(
        CustomerUser.objects.filter(user_id=user_id).values_list("customer_id", flat=True)
    )


def users_of(customer_id: UUID) -> list[UUID]:
    """Who acts for a customer."""
    links = CustomerUser.objects.filter(customer_id=customer_id).order_by("id")
    return list(links.values_list("user_id", flat=True))


def who_let_people_in(user_id: UUID) -> list[UUID]:
    """Who may give others access to the customers that this person acts for."""
    roles = [role for role, held in GRANTS.items() if CLIENT_PEOPLE in held]
    theirs = CustomerUser.objects.filter(customer_id__in=customers_of_user(user_id))
    found = theirs.filter(role__in=roles).order_by("id").values_list("user_id", flat=True)
    return list(dict.fromkeys(found))


def sole_customers_of(user_id: UUID) -> list[UUID]:
    """Customers for whom this person alone acts: with the person, the customer goes."""
    everybody = CustomerUser.objects.filter(customer_id__in=customers_of_user(user_id))
    others = everybody.exclude(user_id=user_id).values_list("customer_id", flat=True)
    return [each for each in customers_of_user(user_id) if each not in set(others)]


def is_known_beyond(*, user_id: UUID, tenant_id: UUID | None) -> bool:
    """Whether any tenant but this one has the person in its team, as payer or as customer.

    One look per tenant: for what happens rarely, in the background.
    """
    return any(_knows(each, user_id) for each in tenancy.all_tenant_ids() if each != tenant_id)


def _knows(tenant_id: UUID, user_id: UUID) -> bool:
    with acting(tenant_id=tenant_id), transaction():
        return (
            tenancy.is_member(user_id)
            or tenancy.owns_account(user_id)
            or bool(customers_of_user(user_id))
        )


def people_of(customer_id: UUID) -> list[PersonCard]:
    links = CustomerUser.objects.filter(customer_id=customer_id).order_by("id")
    return [
        PersonCard(link.id, link.user_id, CustomerRole(link.role), link.created_at)
        for link in links
    ]


def open_invitations(customer_id: UUID, *, at: datetime) -> list[InvitationCard]:
    waiting = Invitation.objects.select_related("customer").filter(
        customer_id=customer_id, accepted_at=None, revoked_at=None, expires_at__gt=at
    )
    return [_card(invitation) for invitation in waiting.order_by("id")]


def invitation_of_token(token: str, *, at: datetime) -> InvitationCard | None:
    """What this link still opens; None when nothing."""
    found = (
        Invitation.objects.select_related("customer").filter(token_hash=hash_of(token)).first()
    )
    return _card(found) if found and found.is_open(at=at) else None


def _card(invitation: Invitation) -> InvitationCard:
    return InvitationCard(
        id=invitation.id,
        customer_id=invitation.customer_id,
        customer_name=invitation.customer.name,
        email=invitation.email,
        role=CustomerRole(invitation.role),
        expires_at=invitation.expires_at,
    )
