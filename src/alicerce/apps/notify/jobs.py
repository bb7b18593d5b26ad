"""What notify does when something happens."""

from alicerce.apps.notify import services
from alicerce.apps.notify.events import MessageQueued
from alicerce.apps.tenancy.events import MemberInvited, PayerInvited
from alicerce.kernel.clock import now
from alicerce.kernel.jobs import on


@on(MessageQueued)
def deliver_message(queued: MessageQueued) -> None:
    services.deliver(message_id=queued.message_id, at=now())


@on(MemberInvited)
def write_to_invited_member(invited: MemberInvited) -> None:
    services.write_invitation(invitation_id=invited.invitation_id, at=now())


@on(PayerInvited)
def write_to_invited_payer(invited: PayerInvited) -> None:
    services.write_invitation(invitation_id=invited.invitation_id, at=now())
