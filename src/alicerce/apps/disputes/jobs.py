"""What disputes does when something happens."""

from alicerce.apps.billing.events import (
    GatewayNoticeReceived,
    PaymentReceived,
    PaymentTakenBack,
    ReconcileDue,
)
from alicerce.apps.disputes.events import (
    AnswerBegun,
    DisputeLost,
    DisputeOpened,
    DisputeUpdated,
    DisputeWon,
    RemindersDue,
)
from alicerce.apps.disputes.queries.disputes import tenants_with_due_reminders
from alicerce.apps.disputes.services.hold_services import hold_services, release_services
from alicerce.apps.disputes.services.med import follow_taken_back
from alicerce.apps.disputes.services.read_disputes import (
    read_noticed,
    read_of_payment,
    read_round,
)
from alicerce.apps.disputes.services.remind import (
    BATCH,
    remind_due,
    tell_decided,
    tell_opened,
)
from alicerce.apps.disputes.services.send_answer import send_answer
from alicerce.apps.tenancy.events import ClockStepped
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on

LOOK = 300


def is_of_disputes(received: GatewayNoticeReceived) -> bool:
    """Only a hint of what to read; what is not hinted at is found on the round."""
    return received.topic.startswith("charge.dispute.")


@on(GatewayNoticeReceived, when=is_of_disputes, queue="urgent")
def read_noticed_disputes(received: GatewayNoticeReceived) -> None:
    read_noticed(notice_id=received.notice_id, at=now())


@on(ReconcileDue)
def read_disputes_of_account(due: ReconcileDue) -> None:
    read_round(account_id=due.account_id, since=due.since, at=now())


@on(PaymentReceived, queue="bulk")
def read_dispute_of_payment(received: PaymentReceived) -> None:
    read_of_payment(payment_id=received.payment_id, at=now())


@on(PaymentTakenBack)
def follow_pix_taken_back(taken: PaymentTakenBack) -> None:
    follow_taken_back(
        payment_id=taken.payment_id,
        cents=taken.amount_cents,
        reference=taken.reference,
        at=taken.at,
    )


@on(AnswerBegun, queue="urgent")
def send_begun_answer(begun: AnswerBegun) -> None:
    send_answer(answer_id=begun.answer_id, at=now())


@on(DisputeOpened)
def tell_of_dispute(opened: DisputeOpened) -> None:
    tell_opened(dispute_id=opened.dispute_id, at=opened.at)


@on(DisputeOpened)
def hold_services_in_dispute(opened: DisputeOpened) -> None:
    hold_services(dispute_id=opened.dispute_id, at=opened.at)


@on(DisputeUpdated)
def hold_services_since_claimed(updated: DisputeUpdated) -> None:
    hold_services(dispute_id=updated.dispute_id, at=updated.at)


@on(DisputeWon)
def release_services_of_won(won: DisputeWon) -> None:
    release_services(dispute_id=won.dispute_id, at=won.at)


@on(DisputeWon)
def tell_of_won_dispute(won: DisputeWon) -> None:
    tell_decided(dispute_id=won.dispute_id, at=won.at)


@on(DisputeLost)
def tell_of_lost_dispute(lost: DisputeLost) -> None:
    tell_decided(dispute_id=lost.dispute_id, at=lost.at)


@every(seconds=LOOK)
def find_due_reminders() -> None:
    for tenant_id in tenants_with_due_reminders(now()):
        with acting(tenant_id=tenant_id), transaction():
            publish(RemindersDue(at=now()))


@on(RemindersDue, queue="bulk")
def remind_of_deadlines(due: RemindersDue) -> None:
    if remind_due(at=now()) == BATCH:
        with transaction():
            publish(RemindersDue(at=due.at))


@on(ClockStepped, queue="bulk")
def remind_of_sandbox(stepped: ClockStepped) -> None:
    remind_due(at=stepped.at)
