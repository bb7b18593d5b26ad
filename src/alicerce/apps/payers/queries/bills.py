"""What an account pays the platform: for which products, by which invoices, and what comes next."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import NewLine
from alicerce.apps.payers.models import AccountCustomer, Sale
from alicerce.apps.payers.queries.days import local_day
from alicerce.apps.payers.types import CLOSES_AFTER, Bill, NextInvoice, NextLine, SaleView
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money

LAST_INVOICES = 12


def sales_of_company(company_id: UUID) -> tuple[SaleView, ...]:
    """What is asked for this company's products, whoever pays."""
    root = tenancy.platform()
    if root is None:
        return ()
    with acting(tenant_id=root), transaction():
        return _views(
            list(Sale.objects.live().filter(company_id=company_id).order_by("product"))
        )


def customer_of(account_id: UUID) -> UUID | None:
    """The customer that an account is to the platform, if it is one yet."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        own = AccountCustomer.objects.filter(account_id=account_id)
        found: UUID | None = own.values_list("customer_id", flat=True).first()
        return found


def bill(account_id: UUID, *, at: datetime) -> Bill:
    """An account's side of the platform's books. Nothing is written."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        payer = tenancy.billing_account(account_id)
        since = payer.account.suspended_at if payer else None
        link = AccountCustomer.objects.filter(account_id=account_id).first()
        if link is None:
            return Bill(account_id, None, closes_at=since and since + CLOSES_AFTER)
        sales = list(
            Sale.objects.live().filter(account_id=account_id).order_by("company", "product")
        )
        return Bill(
            account_id,
            link.customer_id,
            _views(sales),
            billing.invoices(customer_ids=[link.customer_id], limit=LAST_INVOICES).invoices,
            _upcoming(link.customer_id, sales, at=at),
            billing.owed_since(link.customer_id, before=local_day(at)),
            since and since + CLOSES_AFTER,
        )


def _views(sales: Sequence[Sale]) -> tuple[SaleView, ...]:
    cards = subscriptions.subscriptions_by_id([sale.subscription_id for sale in sales])
    names = tenancy.tenant_names() if sales else {}
    return tuple(
        SaleView(
            sale.company_id,
            names[sale.company_id],
            sale.product,
            cards[sale.subscription_id],
        )
        for sale in sales
    )


def _upcoming(
    customer_id: UUID, sales: Sequence[Sale], *, at: datetime
) -> tuple[NextInvoice, ...]:
    """By the rules that bill and the rules that tax: what will be asked for, and on which day."""
    ids = [sale.subscription_id for sale in sales]
    planned = subscriptions.next_asked(ids, on=local_day(at))
    days: dict[date, list[NewLine]] = defaultdict(list)
    for day, lines in planned:
        days[day].extend(lines)
    return tuple(_next(customer_id, day, days[day], at=at) for day in sorted(days))


def _next(
    customer_id: UUID, day: date, lines: Sequence[NewLine], *, at: datetime
) -> NextInvoice:
    found = billing.preview_taxes(customer_id=customer_id, lines=lines, at=at)
    return NextInvoice(
        on=day,
        lines=tuple(
            NextLine(line.description, line.starts_on, line.ends_on, line.total)
            for line in lines
            if line.starts_on and line.ends_on
        ),
        taxes=Money(
            found.total.cents - sum(line.total.cents for line in lines), found.total.currency
        ),
        total=found.total,
    )
