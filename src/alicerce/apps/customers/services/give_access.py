"""Who may act for a customer: asking them, letting them in, changing what they may do."""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.customers.errors import InvitationOver, LastOwner, TooManyInvitations
from alicerce.apps.customers.events import CustomerUserAdded, CustomerUserRemoved
from alicerce.apps.customers.models import Customer, CustomerUser, Invitation
from alicerce.apps.customers.ports import posts
from alicerce.apps.customers.rules import INVITATION_LASTS, INVITATIONS_A_DAY, hash_of
from alicerce.apps.customers.services.save_customer import locked
from alicerce.apps.customers.types import CustomerKind, CustomerRole, InvitationReason
from alicerce.apps.identity import public as identity
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

DAY = timedelta(days=1)


@transaction()
def invite_person(*, customer_id: UUID, email: str, role: CustomerRole, at: datetime) -> None:
    """Send a link to a mailbox, known to us or not: the sender cannot tell. A new one ends the last.

    Raises NoSuchCustomer, TooManyInvitations.
    """
    address, customer = email.strip().lower(), locked(customer_id=customer_id)
    lately = Invitation.objects.filter(
        customer=customer,
        reason=InvitationReason.INVITED,
        expires_at__gt=at - DAY + INVITATION_LASTS,
    )
    if lately.count() >= INVITATIONS_A_DAY:
        raise TooManyInvitations
    offer(
        customer=customer,
        email=address,
        role=role,
        reason=InvitationReason.INVITED,
        at=at,
    )


def offer(
    *,
    customer: Customer,
    email: str,
    role: CustomerRole,
    reason: InvitationReason,
    at: datetime,
    round_id: UUID | None = None,
) -> None:
    """Within the transaction of whoever calls; only the letter ever holds the token."""
    for open_one in Invitation.objects.filter(customer=customer, email=email, accepted_at=None):
        open_one.revoke(at=at)
    token = token_urlsafe(32)
    invitation = Invitation.objects.create(
        customer=customer,
        email=email,
        role=role,
        reason=reason,
        round_id=round_id,
        token_hash=hash_of(token),
        expires_at=at + INVITATION_LASTS,
    )
    _send(invitation, customer, token, at=at)
    _record(customer.id, "invited", {"invitation_id": invitation.id, "role": role}, at=at)


def _send(invitation: Invitation, customer: Customer, token: str, *, at: datetime) -> None:
    base_url = tenancy.tenant_card().base_url.rstrip("/")
    ordered = invitation.reason == InvitationReason.ORDERED
    posts["mail"](
        template="customer_ordered" if ordered else "customer_invited",
        to=invitation.email,
        key=f"customer-access:{invitation.id}",
        values={"customer": customer.name, "link_access": f"{base_url}/acesso/{token}/"},
        at=at,
        locale=customer.locale,
    )


@transaction()
def accept_invitation(*, token: str, user_id: UUID | None, at: datetime) -> UUID | None:
    """Let in who is signed in, or else the owner of the mailbox if they never signed in anywhere.

    Whom it let in; None when they have to sign in first, and then nothing has changed.
    Raises InvitationOver.
    """
    found = Invitation.objects.filter(token_hash=hash_of(token)).first()
    if found is None:
        raise InvitationOver
    customer = locked(customer_id=found.customer_id)
    invitation = Invitation.objects.lock(found.id)
    if not invitation.is_open(at=at):
        raise InvitationOver
    person = user_id or _newcomer(invitation, customer)
    if person is None:
        return None
    invitation.accept(at=at)
    attach(customer=customer, user_id=person, role=CustomerRole(invitation.role), at=at)
    return person


def _newcomer(invitation: Invitation, customer: Customer) -> UUID | None:
    """Under the customer's own name, where the customer is this very person."""
    is_themselves = customer.kind == CustomerKind.PERSON and customer.email == invitation.email
    name = customer.name if is_themselves else invitation.email.partition("@")[0]
    user_id = identity.sign_up(email=invitation.email, name=name)
    return user_id if identity.never_signed_in(user_id=user_id) else None


@transaction()
def revoke_invitation(*, customer_id: UUID, invitation_id: UUID, at: datetime) -> bool:
    """False when it opened nothing any more."""
    found = Invitation.objects.filter(pk=invitation_id, customer_id=customer_id).first()
    if found is None or not Invitation.objects.lock(found.id).revoke(at=at):
        return False
    _record(customer_id, "invitation_revoked", {"invitation_id": invitation_id}, at=at)
    return True


def attach(*, customer: Customer, user_id: UUID, role: CustomerRole, at: datetime) -> None:
    """Within the transaction of whoever calls. Who acts for the customer already keeps their role."""
    link, is_new = CustomerUser.objects.get_or_create(
        customer=customer, user_id=user_id, defaults={"role": role}
    )
    if is_new:
        _record(customer.id, "person_added", {"user_id": user_id, "role": role}, at=at)
        publish(CustomerUserAdded(at=at, customer_id=customer.id, user_id=link.user_id))


@transaction()
def change_role(*, customer_id: UUID, link_id: UUID, role: CustomerRole, at: datetime) -> bool:
    """False when nothing changes. Raises LastOwner."""
    link = _link(customer_id, link_id)
    if link is None:
        return False
    before = link.role
    if before == CustomerRole.OWNER and role != CustomerRole.OWNER:
        _refuse_without_owner(link)
    if not link.become(role):
        return False
    _record(customer_id, "role_changed", {"user_id": link.user_id, "role": role}, at=at)
    return True


@transaction()
def remove_person(*, customer_id: UUID, link_id: UUID, at: datetime) -> bool:
    """False when they were gone already. Raises LastOwner."""
    link = _link(customer_id, link_id)
    if link is None:
        return False
    _refuse_without_owner(link)
    user_id = link.user_id
    link.delete()
    _record(customer_id, "person_removed", {"user_id": user_id}, at=at)
    publish(CustomerUserRemoved(at=at, customer_id=customer_id, user_id=user_id))
    return True


def _link(customer_id: UUID, link_id: UUID) -> CustomerUser | None:
    """Held together with the customer: two owners cannot each remove the other."""
    locked(customer_id=customer_id)
    found: CustomerUser | None = CustomerUser.objects.filter(
        pk=link_id, customer_id=customer_id
    ).first()
    return found


def _refuse_without_owner(link: CustomerUser) -> None:
    owners = CustomerUser.objects.filter(
        customer_id=link.customer_id, role=CustomerRole.OWNER
    ).exclude(pk=link.pk)
    if link.role == CustomerRole.OWNER and not owners.exists():
        raise LastOwner


def _record(customer_id: UUID, what: str, after: dict[str, object], *, at: datetime) -> None:
    audit.record(
        action=f"customer.{what}",
        entity="customer",
        entity_id=customer_id,
        after=after,
        at=at,
    )
