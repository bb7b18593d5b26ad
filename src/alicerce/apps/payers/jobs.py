"""What payers does when something happens."""

from alicerce.apps.billing.events import InvoicePaid, InvoiceVoided
from alicerce.apps.dunning.events import InvoiceOverdue
from alicerce.apps.orders.events import LineReady, OrderCanceled
from alicerce.apps.payers.services.buy import close_purchase
from alicerce.apps.payers.services.deliver import deliver_product
from alicerce.apps.payers.services.drop import follow_end, stop_sale
from alicerce.apps.payers.services.link import link_account, rename_customer
from alicerce.apps.payers.services.manage import follow_change
from alicerce.apps.payers.services.move import follow_payer
from alicerce.apps.payers.services.refresh import (
    refresh_account,
    refresh_company,
    refresh_customer,
    refresh_suspended,
)
from alicerce.apps.payers.types import KIND
from alicerce.apps.subscriptions.events import (
    SubscriptionChanged,
    SubscriptionEnded,
    SubscriptionResumed,
    SubscriptionSuspended,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.events import (
    BillingAccountChanged,
    BillingAccountOpened,
    BillingAccountResumed,
    BillingAccountSuspended,
    PayerChanged,
    ProductDisabled,
)
from alicerce.apps.tenancy.types import ProductKey
from alicerce.kernel.clock import now
from alicerce.kernel.events import Event
from alicerce.kernel.jobs import every, on

HOUR = 3600


def is_the_platforms(fact: Event) -> bool:
    """The platform's own book; of what happens in everybody else's, no job is made."""
    return tenancy.is_platform(fact.tenant_id)


def is_of_a_company(line: LineReady) -> bool:
    return line.kind == KIND


@on(LineReady, when=is_of_a_company)
def give_ordered_product(line: LineReady) -> None:
    deliver_product(line_id=line.line_id, order_id=line.order_id, spec=line.spec, at=line.at)


@on(OrderCanceled, when=is_the_platforms)
def forget_canceled_purchase(canceled: OrderCanceled) -> None:
    close_purchase(order_id=canceled.order_id, at=canceled.at)


@on(SubscriptionChanged, when=is_the_platforms)
def give_what_another_plan_allows(changed: SubscriptionChanged) -> None:
    follow_change(subscription_id=changed.subscription_id, spec=changed.spec, at=changed.at)


@on(BillingAccountOpened)
def make_customer_of_account(opened: BillingAccountOpened) -> None:
    link_account(account_id=opened.account_id, at=opened.at)


@on(BillingAccountChanged)
def rename_customer_of_account(changed: BillingAccountChanged) -> None:
    rename_customer(account_id=changed.account_id, at=changed.at)


@on(BillingAccountSuspended)
def restrict_companies_of_suspended_account(suspended: BillingAccountSuspended) -> None:
    refresh_account(account_id=suspended.account_id, at=now())


@on(BillingAccountResumed)
def free_companies_of_resumed_account(resumed: BillingAccountResumed) -> None:
    refresh_account(account_id=resumed.account_id, at=now())


@on(PayerChanged)
def move_products_to_new_payer(changed: PayerChanged) -> None:
    follow_payer(company_id=changed.tenant_id, at=now())
    refresh_company(company_id=changed.tenant_id, at=now())


@on(ProductDisabled)
def stop_asking_for_disabled_product(disabled: ProductDisabled) -> None:
    stop_sale(
        company_id=disabled.tenant_id, product=ProductKey(disabled.product), at=disabled.at
    )


@on(SubscriptionEnded, when=is_the_platforms)
def take_product_that_is_over(ended: SubscriptionEnded) -> None:
    follow_end(subscription_id=ended.subscription_id, at=ended.at)
    refresh_customer(customer_id=ended.customer_id, at=now())


@on(SubscriptionSuspended, when=is_the_platforms)
def restrict_companies_of_debtor(suspended: SubscriptionSuspended) -> None:
    refresh_customer(customer_id=suspended.customer_id, at=now())


@on(SubscriptionResumed, when=is_the_platforms)
def free_companies_of_payer(resumed: SubscriptionResumed) -> None:
    refresh_customer(customer_id=resumed.customer_id, at=now())


@on(InvoiceOverdue, when=is_the_platforms)
def note_account_fell_behind(overdue: InvoiceOverdue) -> None:
    refresh_customer(customer_id=overdue.customer_id, at=now())


@on(InvoicePaid, when=is_the_platforms)
def note_account_paid(paid: InvoicePaid) -> None:
    refresh_customer(customer_id=paid.customer_id, at=now())


@on(InvoiceVoided, when=is_the_platforms)
def note_account_owes_less(voided: InvoiceVoided) -> None:
    refresh_customer(customer_id=voided.customer_id, at=now())


@every(seconds=HOUR)
def close_companies_of_suspended_accounts() -> None:
    refresh_suspended(at=now())
