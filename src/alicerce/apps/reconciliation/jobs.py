"""What reconciliation does when something happens, and by the clock."""

from alicerce.apps.billing.events import (
    GatewayNoticeReceived,
    PaymentAttributed,
    PaymentReceived,
    PaymentRefunded,
)
from alicerce.apps.billing.types import PaymentFit
from alicerce.apps.collecting.events import DebitAnswered, DebitUnanswered
from alicerce.apps.reconciliation.events import (
    BankChanged,
    BookingAsked,
    OldDifferencesDue,
    RunBegun,
)
from alicerce.apps.reconciliation.queries.due import tenants_with_old_differences
from alicerce.apps.reconciliation.services.begin_run import begin_due_runs, begin_told_run
from alicerce.apps.reconciliation.services.book_it import book_it
from alicerce.apps.reconciliation.services.check_bank import check_bank
from alicerce.apps.reconciliation.services.match_lines import match_told_payment
from alicerce.apps.reconciliation.services.note_debits import note_answered, note_unanswered
from alicerce.apps.reconciliation.services.note_unclaimed import note_unclaimed
from alicerce.apps.reconciliation.services.read_one import read_payment, read_refund
from alicerce.apps.reconciliation.services.take_run import take_run
from alicerce.apps.reconciliation.services.write_letters import OLD, warn_of_old_differences
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import wall
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on

LOOK, HOUR = 300, 3600


@every(seconds=LOOK)
def find_due_comparisons() -> None:
    """By the wall's clock: money at providers moves by it, whoever rehearses."""
    for tenant_id in tenancy.tenant_ids():
        with acting(tenant_id=tenant_id):
            begin_due_runs(at=wall())


@on(RunBegun, queue="bulk")
def take_begun_run(begun: RunBegun) -> None:
    if take_run(run_id=begun.run_id, at=wall()):
        with transaction():
            publish(RunBegun(at=begun.at, run_id=begun.run_id))


def is_of_payouts(received: GatewayNoticeReceived) -> bool:
    """Only a hint to look now: what no notice tells is found within a quarter of an hour."""
    return received.topic.startswith("payout.")


@on(GatewayNoticeReceived, when=is_of_payouts, queue="bulk")
def compare_told_account(received: GatewayNoticeReceived) -> None:
    begin_told_run(notice_id=received.notice_id, at=wall())


@on(BookingAsked, queue="urgent")
def book_asked_difference(asked: BookingAsked) -> None:
    book_it(difference_id=asked.difference_id, at=wall())


@on(PaymentReceived, when=lambda paid: paid.fit == PaymentFit.APPLIED, queue="bulk")
def match_quoted_line(paid: PaymentReceived) -> None:
    match_told_payment(payment_id=paid.payment_id, at=wall())


@on(PaymentReceived, when=lambda paid: paid.through_platform, queue="bulk")
def read_fees_of_payment(paid: PaymentReceived) -> None:
    read_payment(payment_id=paid.payment_id, at=wall())


@on(PaymentRefunded, when=lambda back: back.through_platform, queue="bulk")
def read_fees_of_refund(back: PaymentRefunded) -> None:
    read_refund(refund_id=back.refund_id, at=wall())


@on(PaymentReceived, when=lambda paid: paid.fit == PaymentFit.FLAGGED, queue="bulk")
def note_payment_of_nobody(paid: PaymentReceived) -> None:
    note_unclaimed(payment_id=paid.payment_id, at=wall())


@on(PaymentAttributed, queue="bulk")
def note_payment_of_somebody(given: PaymentAttributed) -> None:
    note_unclaimed(payment_id=given.payment_id, at=wall())


@on(DebitUnanswered)
def note_unanswered_debit(unanswered: DebitUnanswered) -> None:
    note_unanswered(charge_id=unanswered.charge_id, at=wall())


@on(DebitAnswered)
def note_answered_debit(answered: DebitAnswered) -> None:
    note_answered(charge_id=answered.charge_id, at=wall())


@on(BankChanged, queue="bulk")
def check_changed_bank(changed: BankChanged) -> None:
    check_bank(at=wall())


@every(seconds=HOUR)
def find_old_differences() -> None:
    for tenant_id in tenants_with_old_differences(wall() - OLD):
        with acting(tenant_id=tenant_id), transaction():
            publish(OldDifferencesDue(at=wall()))


@on(OldDifferencesDue, queue="bulk")
def tell_of_old_differences(due: OldDifferencesDue) -> None:
    warn_of_old_differences(at=due.at)
