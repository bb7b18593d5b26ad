"""Who pays for which company. Accounts are rows of the platform's own tenant."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alicerce.apps.tenancy.models import BillingAccount, PaidTenant
from alicerce.apps.tenancy.queries.tenants import platform, root_tenant
from alicerce.apps.tenancy.types import AccountView, PaymentStatus
from alicerce.apps.tenancy.types.operated import PayerView
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction


def payer_of(tenant_id: UUID) -> AccountView | None:
    """The account that pays for a company; None for one that nobody pays for yet."""
    root = platform()
    if root is None:
        return None
    with acting(tenant_id=root), transaction():
        row = PaidTenant.objects.select_related("account").filter(paid_id=tenant_id).first()
        return _views([row.account])[0] if row else None


def accounts_of(owner_id: UUID) -> list[AccountView]:
    """The billing accounts that a person owns, the oldest first."""
    root = platform()
    if root is None:
        return []
    with acting(tenant_id=root), transaction():
        return _views(BillingAccount.objects.filter(owner_id=owner_id).order_by("id"))


def owns_account(user_id: UUID) -> bool:
    """Whether the current tenant has this person as a payer; one that was emptied is nobody's."""
    mine = BillingAccount.objects.filter(owner_id=user_id)
    return bool(mine.exclude(billing_email="").exists())


def is_payer(user_id: UUID) -> bool:
    """Whether a company is paid for by this person, to the current tenant."""
    return bool(PaidTenant.objects.filter(account__owner_id=user_id).exists())


def payers_of(tenant_ids: list[UUID]) -> dict[UUID, AccountView]:
    """The accounts that pay for these companies, for operators' lists."""
    root = platform()
    if root is None:
        return {}
    with acting(tenant_id=root), transaction():
        rows = PaidTenant.objects.select_related("account").filter(paid_id__in=tenant_ids)
        return {row.paid_id: _view(row.account, (row.paid_id,)) for row in rows}


def accounts_everywhere(
    *, words: str = "", only_suspended: bool = False, before: UUID | None = None, limit: int
) -> list[PayerView]:
    """Every billing account that is somebody's, the newest first."""
    named = (
        Q(name__icontains=words)
        | Q(billing_email__icontains=words)
        | Q(owner__email__icontains=words)
    )
    wanted = (named if words else Q()) & (Q(id__lt=before) if before else Q())
    if only_suspended:
        wanted &= Q(suspended_at__isnull=False)
    with acting(tenant_id=root_tenant()), transaction():
        rows = BillingAccount.objects.filter(wanted).select_related("owner").order_by("-id")
        return _payers(list(rows[:limit]))


def accounts_suspended_before(at: datetime) -> list[UUID]:
    """Accounts of the platform that were suspended by then, for the clock."""
    root = platform()
    if root is None:
        return []
    with acting(tenant_id=root), transaction():
        rows = BillingAccount.objects.filter(suspended_at__lte=at).order_by("id")
        return list(rows.values_list("id", flat=True))


def account(account_id: UUID) -> PayerView | None:
    with acting(tenant_id=root_tenant()), transaction():
        rows = BillingAccount.objects.select_related("owner").filter(pk=account_id)
        return next(iter(_payers(list(rows))), None)


def _payers(rows: list[BillingAccount]) -> list[PayerView]:
    return [
        PayerView(view, row.owner.name or row.owner.email, row.owner.email)
        for row, view in zip(rows, _views(rows), strict=True)
    ]


def _views(accounts: Iterable[BillingAccount]) -> list[AccountView]:
    found = list(accounts)
    paid: dict[UUID, list[UUID]] = defaultdict(list)
    for row in PaidTenant.objects.filter(account__in=found).order_by("id"):
        paid[row.account_id].append(row.paid_id)
    return [_view(account, tuple(paid[account.id])) for account in found]


def _view(account: BillingAccount, pays_for: tuple[UUID, ...]) -> AccountView:
    return AccountView(
        id=account.id,
        owner_id=account.owner_id,
        name=account.name,
        billing_email=account.billing_email,
        payment_status=PaymentStatus(account.payment_status),
        suspended_at=account.suspended_at,
        suspension_reason=account.suspension_reason,
        pays_for=pays_for,
    )
