"""An account that pays is a customer of the platform: made and linked once, whoever asks first."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.types import Profile
from alicerce.apps.identity import public as identity
from alicerce.apps.payers.models import AccountCustomer
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction


def link_account(*, account_id: UUID, at: datetime) -> UUID:
    """The customer that this account is, made now if it was none. Its owner reaches the client area."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        known = AccountCustomer.objects.filter(account_id=account_id).first()
        return UUID(str(known.customer_id)) if known else _link(account_id, at=at)


def rename_customer(*, account_id: UUID, at: datetime) -> None:
    """Call the customer as its account is called now, and write where its bills are read."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        payer = tenancy.billing_account(account_id)
        link = AccountCustomer.objects.filter(account_id=account_id).first()
        if payer and link and payer.account.billing_email:
            customers.rename(
                customer_id=link.customer_id,
                name=payer.account.name,
                email=payer.account.billing_email,
                at=at,
            )


def _link(account_id: UUID, *, at: datetime) -> UUID:
    payer = tenancy.billing_account(account_id)
    assert payer, "whoever links an account has seen it"
    owner = identity.person(payer.account.owner_id)
    profile = Profile(
        name=payer.account.name,
        email=payer.account.billing_email,
        locale=owner.locale if owner else "pt-br",
        external_reference=f"billing_account:{account_id}",
    )
    customer_id = customers.stand_for(profile=profile, user_id=payer.account.owner_id, at=at)
    made = AccountCustomer(account_id=account_id, customer_id=customer_id)
    if AccountCustomer.objects.add_once(made):
        audit.record(
            action="billing_account.linked",
            entity="billing_account",
            entity_id=account_id,
            after={"customer_id": customer_id},
            at=at,
        )
    return customer_id
