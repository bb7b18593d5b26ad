"""The platform, who pays it, and what it sells, for tests."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.models import Price
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.payers.services.sell import sell_product
from alicerce.apps.payers.types import KIND
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.models import Tenant
from alicerce.apps.tenancy.tests.factories import a_member, a_person, a_tenant
from alicerce.apps.tenancy.types import ProductKey
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of, transaction
from alicerce.kernel.money import Money

FIRST = datetime(2026, 10, 1, 12, tzinfo=UTC)
"""A Thursday."""


def a_platform() -> Tenant:
    return a_tenant("raiz", is_root=True)


def a_company(slug: str, account_id: UUID, owner: Any, *, at: datetime = FIRST) -> Tenant:
    """A company of this person's, paid for by this account of theirs."""
    company = a_tenant(slug)
    with acting(tenant_id=company.id), showing_rows_of(company.id):
        a_member(company, owner, "owner")
        tenancy.pay_for(tenant_id=company.id, account_id=account_id, owner_id=owner.id, at=at)
    return company


def an_account(owner: Any, *, name: str = "Contas da Ana", at: datetime = FIRST) -> UUID:
    return tenancy.open_billing_account(
        owner_id=owner.id, name=name, billing_email=owner.email, at=at
    )


def a_price(product: ProductKey, cents: int, *, at: datetime = FIRST, **spec: str) -> UUID:
    """A month of a product, in the platform's own catalog."""
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        plan_id = catalog.publish_plan(
            new=catalog.NewPlan(
                product_kind=KIND,
                product_name=product.upper(),
                slug=f"{product}-{cents}",
                name="Pro",
                summary="",
                features=(),
                spec={"product": product.value, **spec},
                prices={Cycle.MONTHLY: Money(cents)},
            ),
            at=at,
        )
        return UUID(str(Price.objects.get(plan_id=plan_id).id))


def a_sale(
    company: Tenant, product: ProductKey, cents: int, *, at: datetime = FIRST, **spec: str
) -> UUID:
    price_id = a_price(product, cents, at=at, **spec)
    return sell_product(company_id=company.id, product=product, price_id=price_id, at=at)


def ana() -> Any:
    return a_person("ana@padaria.example", name="Ana")
