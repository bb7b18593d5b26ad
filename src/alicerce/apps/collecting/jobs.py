"""What collecting does when something happens."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.events import (
    ChargeFailed,
    GatewayNoticeReceived,
    InvoiceIssued,
    InvoicePaid,
    InvoicePartlyPaid,
    InvoiceVoided,
    MerchantChanged,
    PaymentReceived,
)
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.collecting.events import (
    CardReady,
    CardsChanged,
    CardUnwanted,
    CollectionAttempted,
    CollectionsDue,
    DebitChanged,
    DebitsDue,
    MandateAsked,
    MandateChanged,
    MandateReady,
    MandateUnwanted,
    PayerUnwanted,
    PaymentMethodSaved,
    VisitAsked,
)
from alicerce.apps.collecting.queries.cards import tenants_with_work
from alicerce.apps.collecting.queries.mandates import tenants_with_debits
from alicerce.apps.collecting.services.carry_out import carry_out
from alicerce.apps.collecting.services.choose import ready_again
from alicerce.apps.collecting.services.collect import (
    BATCH,
    begin_collection,
    collect_due,
    collect_open,
)
from alicerce.apps.collecting.services.follow import follow_invoice
from alicerce.apps.collecting.services.follow_debit import follow_debits
from alicerce.apps.collecting.services.follow_mandate import (
    find_mandates,
    look_at_mandate,
    read_mandate_notice,
)
from alicerce.apps.collecting.services.give_up import forget_payer
from alicerce.apps.collecting.services.keep_cards import (
    forget_card,
    learn_payer,
    look_at_cards,
    read_card_notice,
)
from alicerce.apps.collecting.services.open_mandate import open_mandate
from alicerce.apps.collecting.services.plan_debit import plan_debit, plan_open
from alicerce.apps.collecting.services.revoke_mandate import end_at_bank
from alicerce.apps.collecting.services.run_debits import look_at_debit, run_due_debits
from alicerce.apps.collecting.services.visit import open_visit
from alicerce.apps.collecting.services.write_letters import warn_of_expiring
from alicerce.apps.orders import public as orders
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.events import ClockStepped
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on

LOOK = 300


def came_of_itself(issued: InvoiceIssued) -> bool:
    return issued.order_id is None and issued.total_cents > 0


@on(InvoiceIssued, when=came_of_itself, queue="bulk")
def collect_issued_invoice(issued: InvoiceIssued) -> None:
    if not plan_debit(invoice_id=issued.invoice_id, at=now()):
        begin_collection(invoice_id=issued.invoice_id, at=now())


@every(seconds=LOOK)
def find_due_collections() -> None:
    open_for_business = set(tenancy.tenant_ids())
    for tenant_id in tenants_with_work(now()) & open_for_business:
        with acting(tenant_id=tenant_id), transaction():
            publish(CollectionsDue(at=now()))


@on(ClockStepped, queue="bulk")
def collect_due_in_sandbox(stepped: ClockStepped) -> None:
    with transaction():
        publish(CollectionsDue(at=stepped.at))


@on(CollectionsDue, queue="bulk")
def charge_due_cards(due: CollectionsDue) -> None:
    if collect_due(at=now()) == BATCH:
        with transaction():
            publish(CollectionsDue(at=due.at))


@on(CollectionsDue, queue="bulk")
def warn_of_expiring_cards(due: CollectionsDue) -> None:
    warn_of_expiring(at=now())


@on(CollectionAttempted)
def carry_out_attempt(attempted: CollectionAttempted) -> None:
    carry_out(attempt_id=attempted.attempt_id, at=now())


def follow_both(*, invoice_id: UUID, at: datetime) -> None:
    """Whether a card or a bank was to pay it."""
    follow_invoice(invoice_id=invoice_id, at=at)
    follow_debits(invoice_id=invoice_id, at=at)


@on(ChargeFailed)
def follow_failed_charge(failed: ChargeFailed) -> None:
    follow_both(invoice_id=failed.invoice_id, at=now())


def is_for_an_invoice(received: PaymentReceived) -> bool:
    return received.invoice_id is not None


@on(PaymentReceived, when=is_for_an_invoice)
def follow_received_payment(received: PaymentReceived) -> None:
    assert received.invoice_id is not None
    follow_both(invoice_id=received.invoice_id, at=now())


@on(InvoicePartlyPaid)
def follow_partly_paid_invoice(paid: InvoicePartlyPaid) -> None:
    follow_both(invoice_id=paid.invoice_id, at=now())


@on(InvoicePaid)
def follow_paid_invoice(paid: InvoicePaid) -> None:
    follow_both(invoice_id=paid.invoice_id, at=now())


@on(InvoiceVoided)
def follow_voided_invoice(voided: InvoiceVoided) -> None:
    follow_both(invoice_id=voided.invoice_id, at=now())


def is_by_card(paid: InvoicePaid) -> bool:
    return paid.method == PaymentMethod.CARD


@on(InvoicePaid, when=is_by_card)
def keep_card_of_payer(paid: InvoicePaid) -> None:
    learn_payer(invoice_id=paid.invoice_id, at=now())


@on(GatewayNoticeReceived)
def read_notice_of_cards(received: GatewayNoticeReceived) -> None:
    read_card_notice(notice_id=received.notice_id, at=now())


@on(CardsChanged, queue="urgent")
def look_at_changed_cards(changed: CardsChanged) -> None:
    look_at_cards(payer_id=changed.payer_id, at=now())


@on(PaymentMethodSaved)
def charge_new_card(saved: PaymentMethodSaved) -> None:
    collect_open(customer_id=saved.customer_id, at=now(), is_new_card=True)


@on(PaymentMethodSaved)
def begin_trials_that_waited(saved: PaymentMethodSaved) -> None:
    orders.begin_waiting_trials(customer_id=saved.customer_id, at=now())


@on(MerchantChanged, when=lambda changed: changed.resumed)
def take_up_cards_of_account(changed: MerchantChanged) -> None:
    if changed.account_id:
        ready_again(account_id=changed.account_id, at=now())


@on(CardReady)
def take_up_open_invoices(ready: CardReady) -> None:
    collect_open(customer_id=ready.customer_id, at=now())


@on(CardUnwanted)
def forget_removed_card(unwanted: CardUnwanted) -> None:
    forget_card(card_id=unwanted.payment_method_id)


@on(PayerUnwanted)
def forget_unwanted_payer(unwanted: PayerUnwanted) -> None:
    forget_payer(payer_id=unwanted.payer_id)


@on(VisitAsked, queue="urgent")
def open_asked_visit(asked: VisitAsked) -> None:
    open_visit(visit_id=asked.visit_id)


@every(seconds=LOOK)
def find_due_debits() -> None:
    open_for_business = set(tenancy.tenant_ids())
    for tenant_id in tenants_with_debits(now()) & open_for_business:
        with acting(tenant_id=tenant_id), transaction():
            publish(DebitsDue(at=now()))


@on(ClockStepped, queue="bulk")
def debit_due_in_sandbox(stepped: ClockStepped) -> None:
    with transaction():
        publish(DebitsDue(at=stepped.at))


@on(DebitsDue, queue="bulk")
def ask_for_due_debits(due: DebitsDue) -> None:
    if run_due_debits(at=now()) == BATCH:
        with transaction():
            publish(DebitsDue(at=due.at))


@on(DebitsDue, queue="bulk")
def look_at_waiting_mandates(due: DebitsDue) -> None:
    find_mandates(at=now())


@on(DebitChanged)
def look_at_changed_debit(changed: DebitChanged) -> None:
    look_at_debit(debit_id=changed.debit_id, at=now())


@on(MandateAsked, queue="urgent")
def open_asked_mandate(asked: MandateAsked) -> None:
    open_mandate(mandate_id=asked.mandate_id, at=now())


@on(MandateChanged, queue="urgent")
def look_at_changed_mandate(changed: MandateChanged) -> None:
    look_at_mandate(mandate_id=changed.mandate_id, at=now())


@on(MandateUnwanted)
def end_unwanted_mandate(unwanted: MandateUnwanted) -> None:
    end_at_bank(mandate_id=unwanted.mandate_id, at=now())


@on(MandateReady)
def debit_open_invoices(ready: MandateReady) -> None:
    plan_open(customer_id=ready.customer_id, at=now())


@on(GatewayNoticeReceived)
def read_notice_of_mandates(received: GatewayNoticeReceived) -> None:
    read_mandate_notice(notice_id=received.notice_id, at=now())
