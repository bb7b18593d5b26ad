"""What subscriptions do when something happens."""

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.events import InvoicePaid, InvoiceVoided
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.events import (
    LineReady,
    OrderCanceled,
    OrderDayCame,
    OrderPlaced,
    TrialBegun,
)
from alicerce.apps.subscriptions.events import (
    BillingDue,
    BillingRunStepDue,
    CustomerReleased,
    MoveLettersDue,
    MovementsDue,
    PriceMoveCanceled,
    PriceMoveScheduled,
    SubscriptionChanged,
    SubscriptionEnded,
    SubscriptionPriceChanged,
    SubscriptionResumed,
    SubscriptionStarted,
    SubscriptionSuspended,
    TrialEnding,
)
from alicerce.apps.subscriptions.queries.addons import ADDON
from alicerce.apps.subscriptions.queries.due import tenants_with_work
from alicerce.apps.subscriptions.queries.terms import local_date
from alicerce.apps.subscriptions.services.bill_usage import bill_closing_usage, bill_left_usage
from alicerce.apps.subscriptions.services.billing_run import (
    CUSTOMERS,
    begin_run,
    end_what_is_over,
    look_for_work,
    settle_changes,
    take_run_step,
)
from alicerce.apps.subscriptions.services.close_change import (
    apply_paid_change,
    drop_voided_change,
)
from alicerce.apps.subscriptions.services.follow_order import (
    drop_subscriptions,
    open_subscriptions,
    start_subscriptions,
)
from alicerce.apps.subscriptions.services.record_movements import record_movements
from alicerce.apps.subscriptions.services.tell_of_moves import (
    write_some_letters,
)
from alicerce.apps.subscriptions.services.trial import (
    start_trials,
    tell_of_ending_trials,
    write_of_ending_trial,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.events import ClockStepped
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on

LOOK = 300
DAY = 24 * 3600


@on(OrderPlaced)
def open_ordered_subscriptions(placed: OrderPlaced) -> None:
    open_subscriptions(order_id=placed.order_id, at=placed.at)


def is_of_an_order(paid: InvoicePaid) -> bool:
    return paid.order_id is not None


@on(InvoicePaid, when=is_of_an_order)
def start_paid_subscriptions(paid: InvoicePaid) -> None:
    assert paid.order_id is not None
    start_subscriptions(order_id=paid.order_id, invoice_id=paid.invoice_id, at=paid.at)


@on(OrderDayCame)
def start_subscriptions_of_the_day(came: OrderDayCame) -> None:
    invoice = billing.invoice_of_order(came.order_id)
    assert invoice, "it was paid for"
    start_subscriptions(order_id=came.order_id, invoice_id=invoice.id, at=came.at)


def is_addon(line: LineReady) -> bool:
    return line.kind == ADDON.key


@on(LineReady, when=is_addon)
def have_ordered_addon(line: LineReady) -> None:
    """It comes with what it was bought together with: there is nothing else to deliver."""
    orders.fulfil_line(line_id=line.line_id, at=line.at)


@on(TrialBegun)
def start_ordered_trials(begun: TrialBegun) -> None:
    start_trials(order_id=begun.order_id, at=begun.at)


@on(TrialEnding, queue="bulk")
def write_letter_of_ending_trial(ending: TrialEnding) -> None:
    write_of_ending_trial(subscription_id=ending.subscription_id, at=ending.at)


def is_of_no_order(fact: InvoicePaid | InvoiceVoided) -> bool:
    return fact.order_id is None


@on(InvoicePaid, when=is_of_no_order)
def bring_paid_change_into_force(paid: InvoicePaid) -> None:
    apply_paid_change(invoice_id=paid.invoice_id, at=paid.at)


@on(InvoiceVoided, when=is_of_no_order)
def drop_change_of_voided_invoice(voided: InvoiceVoided) -> None:
    drop_voided_change(invoice_id=voided.invoice_id, at=voided.at)


@on(OrderCanceled)
def drop_canceled_subscriptions(canceled: OrderCanceled) -> None:
    drop_subscriptions(order_id=canceled.order_id, at=canceled.at)


@on(CustomerReleased, queue="bulk")
def ask_for_what_was_left(released: CustomerReleased) -> None:
    bill_left_usage(customer_id=released.customer_id, at=released.at)


@on(SubscriptionEnded, queue="bulk")
def ask_for_what_was_used(ended: SubscriptionEnded) -> None:
    bill_closing_usage(subscription_id=ended.subscription_id, at=ended.at)


@every(seconds=LOOK)
def find_billing_work() -> None:
    open_for_business = set(tenancy.tenant_ids())
    for tenant_id in tenants_with_work(now()):
        if tenant_id in open_for_business:
            with acting(tenant_id=tenant_id):
                look_for_work(at=now())


@on(ClockStepped, queue="bulk")
def look_for_work_of_sandbox(stepped: ClockStepped) -> None:
    look_for_work(at=stepped.at)


@on(BillingDue, queue="bulk")
def bill_what_is_due(due: BillingDue) -> None:
    end_what_is_over(on=due.on, at=now())
    begin_run(on=due.on, at=now())


@on(BillingDue, queue="bulk")
def settle_changes_that_are_due(due: BillingDue) -> None:
    while settle_changes(on=due.on, at=now()) == CUSTOMERS:
        pass


@on(BillingDue, queue="bulk")
def tell_of_trials_that_end(due: BillingDue) -> None:
    while tell_of_ending_trials(on=due.on, at=now()):
        pass


@on(BillingDue, queue="bulk")
def tell_of_prices_that_change(due: BillingDue) -> None:
    write_some_letters(on=due.on, at=now())


@on(PriceMoveScheduled, queue="bulk")
def tell_of_scheduled_price_move(fact: PriceMoveScheduled) -> None:
    write_some_letters(on=local_date(fact.at), at=now())


@on(PriceMoveCanceled, queue="bulk")
def tell_of_canceled_price_move(fact: PriceMoveCanceled) -> None:
    write_some_letters(on=local_date(fact.at), at=now())


@on(MoveLettersDue, queue="bulk")
def tell_of_more_prices_that_change(due: MoveLettersDue) -> None:
    write_some_letters(on=due.on, at=now())


@on(BillingRunStepDue)
def take_step_of_run(due: BillingRunStepDue) -> None:
    """Before the letters of what the last step invoiced: those are bulk, and thousands."""
    take_run_step(run_id=due.run_id, on=due.on, at=now())


@on(SubscriptionStarted, queue="bulk")
def count_started_subscription(started: SubscriptionStarted) -> None:
    record_movements(at=started.at, customer_id=started.customer_id)


@on(SubscriptionPriceChanged, queue="bulk")
def count_subscription_of_other_price(changed: SubscriptionPriceChanged) -> None:
    record_movements(at=changed.at, customer_id=changed.customer_id)


@on(SubscriptionChanged, queue="bulk")
def count_changed_subscription(changed: SubscriptionChanged) -> None:
    record_movements(at=changed.at, customer_id=changed.customer_id)


@on(SubscriptionSuspended, queue="bulk")
def count_suspended_subscription(suspended: SubscriptionSuspended) -> None:
    record_movements(at=suspended.at, customer_id=suspended.customer_id)


@on(SubscriptionResumed, queue="bulk")
def count_resumed_subscription(resumed: SubscriptionResumed) -> None:
    record_movements(at=resumed.at, customer_id=resumed.customer_id)


@on(SubscriptionEnded, queue="bulk")
def count_ended_subscription(ended: SubscriptionEnded) -> None:
    record_movements(at=ended.at, customer_id=ended.customer_id)


@every(seconds=DAY)
def find_movements() -> None:
    for tenant_id in tenancy.tenant_ids():
        with acting(tenant_id=tenant_id), transaction():
            publish(MovementsDue(at=now()))


@on(MovementsDue, queue="bulk")
def record_todays_movements(due: MovementsDue) -> None:
    record_movements(at=due.at)


@on(ClockStepped, queue="bulk")
def record_movements_of_sandbox(stepped: ClockStepped) -> None:
    record_movements(at=stepped.at)
