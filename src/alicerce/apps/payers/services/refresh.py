"""Let an account and its companies be what the platform's books say: worked out anew, never set."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.payers.models import AccountCustomer
from alicerce.apps.payers.queries.days import local_day
from alicerce.apps.payers.rules import Books, extent_of, payment_status
from alicerce.apps.payers.types import CLOSES_AFTER, Extent
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.locks import hold

NOTHING_YET = Books(stopped=(), has_lost=False, owes=False, ever_paid=False)


def refresh_customer(*, customer_id: UUID, at: datetime) -> None:
    """The same for the account that this customer of the platform is, if it is one."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        link = AccountCustomer.objects.filter(customer_id=customer_id).first()
    if link:
        refresh_account(account_id=link.account_id, at=at)


def refresh_company(*, company_id: UUID, at: datetime) -> None:
    """The same for the account that pays for this company now."""
    account = tenancy.payer_of(company_id)
    if account:
        refresh_account(account_id=account.id, at=at)


def refresh_account(*, account_id: UUID, at: datetime) -> None:
    """Facts may come in any order, and twice: what they lead to is read from the books each time."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        hold(f"payer:{account_id}")
        payer = tenancy.billing_account(account_id)
        if payer is None:
            return
        books = _books(account_id, at=at)
        tenancy.note_payment(account_id=account_id, status=payment_status(books), at=at)
        extent = extent_of(books, suspended_at=payer.account.suspended_at, at=at)
        for company_id in payer.account.pays_for:
            _restrict(company_id, extent, at=at)


def refresh_suspended(*, at: datetime) -> None:
    """Close what was read-only for long enough because its account is suspended."""
    for account_id in tenancy.accounts_suspended_before(at - CLOSES_AFTER):
        refresh_account(account_id=account_id, at=at)


def _restrict(company_id: UUID, extent: Extent, *, at: datetime) -> None:
    with acting(tenant_id=company_id), transaction():
        tenancy.restrict_tenant(restriction=extent.restriction, cause=extent.cause, at=at)


def _books(account_id: UUID, *, at: datetime) -> Books:
    link = AccountCustomer.objects.filter(account_id=account_id).first()
    if link is None:
        return NOTHING_YET
    return Books(
        stopped=subscriptions.stopped_for_debt(link.customer_id),
        has_lost=subscriptions.lost_for_debt(link.customer_id),
        owes=billing.owed_since(link.customer_id, before=local_day(at)) is not None,
        ever_paid=billing.last_paid_at([link.customer_id]) is not None,
    )
