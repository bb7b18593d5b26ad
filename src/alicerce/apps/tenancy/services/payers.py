"""Who pays for a company. Accounts live in the platform's own tenant, whose buyers they are."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.tenancy.errors import NotYours, PayerOwes, PayerSuspended, UnknownAccount
from alicerce.apps.tenancy.events import (
    BillingAccountChanged,
    BillingAccountOpened,
    BillingAccountResumed,
    BillingAccountSuspended,
    PayerChanged,
)
from alicerce.apps.tenancy.models import BillingAccount, Membership, PaidTenant
from alicerce.apps.tenancy.queries.payers import accounts_of
from alicerce.apps.tenancy.queries.tenants import door, platform, root_tenant
from alicerce.apps.tenancy.services.team import TEAM
from alicerce.apps.tenancy.types import PaymentStatus, RoleKey
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold


def open_billing_account(
    *, owner_id: UUID, name: str, billing_email: str, at: datetime
) -> UUID:
    """A new buyer of the platform, owned by one person."""
    with acting(tenant_id=root_tenant()), transaction():
        account = BillingAccount.objects.create(
            owner_id=owner_id, name=name, billing_email=billing_email.strip().lower()
        )
        _record("billing_account.opened", account, at=at)
        publish(BillingAccountOpened(at=at, account_id=account.id))
        return UUID(str(account.id))


def pay_by_new_account(
    *, tenant_id: UUID, owner_id: UUID, name: str, billing_email: str, at: datetime
) -> None:
    """Open an account that pays for a company; before there is a platform, nobody is paid."""
    if platform():
        account_id = open_billing_account(
            owner_id=owner_id, name=name, billing_email=billing_email, at=at
        )
        pay_for(tenant_id=tenant_id, account_id=account_id, owner_id=owner_id, at=at)


def describe_account(
    *, account_id: UUID, owner_id: UUID, name: str, billing_email: str, at: datetime
) -> None:
    """Change an account's name and address. Raises UnknownAccount for who does not own it."""
    with acting(tenant_id=root_tenant()), transaction():
        account = _own(account_id, owner_id)
        if account.describe(name=name, billing_email=billing_email.strip().lower()):
            _record("billing_account.changed", account, at=at)
            publish(BillingAccountChanged(at=at, account_id=account_id))


def suspend_account(*, account_id: UUID, reason: str, at: datetime) -> None:
    """Stop an account from paying for anything new. What it pays for is restricted by who hears of it."""
    with acting(tenant_id=root_tenant()), transaction():
        account = BillingAccount.objects.lock(account_id)
        if account.suspend(reason, at=at):
            _record("billing_account.suspended", account, at=at)
            publish(BillingAccountSuspended(at=at, account_id=account_id))


def resume_account(*, account_id: UUID, at: datetime) -> None:
    with acting(tenant_id=root_tenant()), transaction():
        account = BillingAccount.objects.lock(account_id)
        if account.resume():
            _record("billing_account.resumed", account, at=at)
            publish(BillingAccountResumed(at=at, account_id=account_id))


def note_payment(*, account_id: UUID, status: PaymentStatus, at: datetime) -> None:
    """Keep what the books say of an account; nobody sets it by hand. Said twice it changes nothing."""
    with acting(tenant_id=root_tenant()), transaction():
        account = BillingAccount.objects.lock(account_id)
        before = account.payment_status
        if account.stand(status):
            audit.record(
                action="billing_account.payment_noted",
                entity="billing_account",
                entity_id=account_id,
                before={"payment_status": str(before)},
                after={"payment_status": str(status)},
                at=at,
            )


def answer_for(*, user_id: UUID) -> None:
    """Raises NotYours for who does not own the current tenant: only owners change who pays."""
    owners = Membership.objects.filter(user_id=user_id, role=RoleKey.OWNER)
    if not owners.exists():
        raise NotYours


def take_over_payment(*, tenant_id: UUID, account_id: UUID, by: UUID, at: datetime) -> None:
    """Let an account of the owner's own pay from now on: both wills are one person's.

    Raises NotYours, UnknownAccount and PayerSuspended.
    """
    with acting(tenant_id=tenant_id), transaction():
        answer_for(user_id=by)
        pay_for(tenant_id=tenant_id, account_id=account_id, owner_id=by, at=at)


def move_payment(*, tenant_id: UUID, account_id: UUID, at: datetime) -> None:
    """Let another account pay on an operator's word: only one of somebody who owns the company.

    Nobody pays for what they never took on. Raises UnknownAccount and PayerSuspended.
    """
    with acting(tenant_id=tenant_id), transaction():
        hold(TEAM)  # nobody stops owning the company meanwhile
        owners = Membership.objects.filter(role=RoleKey.OWNER).values_list("user_id", flat=True)
        payer = next((one for one in owners if _owns(one, account_id)), None)
        if payer is None:
            raise UnknownAccount
        pay_for(tenant_id=tenant_id, account_id=account_id, owner_id=payer, at=at)


def _owns(user_id: UUID, account_id: UUID) -> bool:
    return account_id in {account.id for account in accounts_of(user_id)}


def pay_for(*, tenant_id: UUID, account_id: UUID, owner_id: UUID, at: datetime) -> None:
    """Make an account the payer of a company, in place of another: there is one at any time.

    The account's owner must be the one who says so. Raises UnknownAccount, PayerSuspended and PayerOwes.
    """
    with acting(tenant_id=root_tenant()), transaction():
        account = _own(account_id, owner_id)
        if account.suspended_at:
            raise PayerSuspended
        row, is_new = PaidTenant.objects.get_or_create(
            paid_id=tenant_id, defaults={"account": account, "since": at}
        )
        row = PaidTenant.objects.lock(row.id)
        before = row.account_id
        _refuse_evasion(row, account)
        if not (is_new or row.move(account, at=at)):
            return
        _record("billing_account.took_tenant", account, at=at, tenant_id=tenant_id)
    _tell(tenant_id, account_id, before=None if is_new else before, at=at)


def _refuse_evasion(row: PaidTenant, account: BillingAccount) -> None:
    """Who owes for a restricted company does not open it by another account of their own."""
    if row.account_id == account.id or row.account.owner_id != account.owner_id:
        return
    with acting(tenant_id=row.paid_id), transaction():
        restriction = door(row.paid_id).restriction
    if restriction:
        raise PayerOwes


def _tell(tenant_id: UUID, account_id: UUID, *, before: UUID | None, at: datetime) -> None:
    with acting(tenant_id=tenant_id), transaction():
        audit.record(
            action="tenant.payer_changed",
            entity="tenant",
            entity_id=tenant_id,
            before={"account_id": before},
            after={"account_id": account_id},
            at=at,
        )
        publish(PayerChanged(at=at, account_id=account_id))


def _own(account_id: UUID, owner_id: UUID) -> BillingAccount:
    account: BillingAccount | None = (
        BillingAccount.objects.select_for_update(of=("self",))
        .filter(pk=account_id, owner_id=owner_id)
        .first()
    )
    if account is None:
        raise UnknownAccount
    return account


def _record(
    action: str, account: BillingAccount, *, at: datetime, tenant_id: UUID | None = None
) -> None:
    audit.record(
        action=action,
        entity="billing_account",
        entity_id=account.id,
        after={"tenant_id": tenant_id} if tenant_id else None,
        at=at,
    )
