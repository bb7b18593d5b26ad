"""What notify does when something happens."""

from alicerce.apps.notify import services
from alicerce.apps.notify.events import MessageQueued
from alicerce.apps.tenancy.events import (
    BillingAccountResumed,
    BillingAccountSuspended,
    MemberInvited,
    OwnershipTransferred,
    PayerInvited,
    TenantRestricted,
    TenantResumed,
    TenantSuspended,
    TenantUnrestricted,
)
from alicerce.kernel.clock import now
from alicerce.kernel.jobs import on
from alicerce.kernel.restrictions import Restriction


@on(MessageQueued)
def deliver_message(queued: MessageQueued) -> None:
    services.deliver(message_id=queued.message_id, at=now())


@on(MemberInvited)
def write_to_invited_member(invited: MemberInvited) -> None:
    services.write_invitation(invitation_id=invited.invitation_id, at=now())


@on(PayerInvited)
def write_to_invited_payer(invited: PayerInvited) -> None:
    services.write_invitation(invitation_id=invited.invitation_id, at=now())


@on(TenantSuspended)
def tell_owners_of_suspension(fact: TenantSuspended) -> None:
    services.tell_owners(is_suspended=True, since=fact.at, at=now())


@on(TenantResumed)
def tell_owners_of_resumption(fact: TenantResumed) -> None:
    services.tell_owners(is_suspended=False, since=fact.at, at=now())


@on(OwnershipTransferred)
def tell_both_of_transfer(fact: OwnershipTransferred) -> None:
    services.tell_of_transfer(
        giver_id=fact.from_user_id, taker_id=fact.to_user_id, since=fact.at, at=now()
    )


@on(TenantRestricted)
def tell_owners_of_restriction(fact: TenantRestricted) -> None:
    restriction = Restriction(fact.restriction)
    services.tell_of_restriction(restriction=restriction, since=fact.at, at=now())


@on(TenantUnrestricted)
def tell_owners_of_end_of_restriction(fact: TenantUnrestricted) -> None:
    services.tell_of_restriction(restriction=Restriction.NONE, since=fact.at, at=now())


@on(BillingAccountSuspended)
def tell_payer_of_suspension(fact: BillingAccountSuspended) -> None:
    services.tell_payer(account_id=fact.account_id, is_suspended=True, since=fact.at, at=now())


@on(BillingAccountResumed)
def tell_payer_of_resumption(fact: BillingAccountResumed) -> None:
    services.tell_payer(account_id=fact.account_id, is_suspended=False, since=fact.at, at=now())
