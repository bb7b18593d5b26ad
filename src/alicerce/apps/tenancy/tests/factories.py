"""The least that is valid, for tests."""

from datetime import UTC, datetime
from typing import Any

from alicerce.apps.identity.models import User
from alicerce.apps.identity.tests.factories import a_person
from alicerce.apps.tenancy.models import (
    Membership,
    ProductSubscription,
    Tenant,
)
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def a_tenant(slug: str = "padaria", **given: Any) -> Tenant:
    """A company that sells hosting; the platform itself sells nothing."""
    facts: dict[str, Any] = {
        "name": slug.title(),
        "legal_name": f"{slug.title()} Hospedagem Ltda",
        "document": "11222333000181",
        "city": "Curitiba",
        "alert_email": f"alertas@{slug}.example",
    }
    tenant_id = uuid7()
    with acting(tenant_id=tenant_id), transaction():
        tenant = Tenant.objects.create(id=tenant_id, slug=slug, **{**facts, **given})
        if not tenant.is_root:
            ProductSubscription.objects.create(product="hosting", since=LONG_AGO)
    return tenant


def a_member(tenant: Tenant, user: User, role: str) -> Membership:
    return Membership.objects.create(user=user, role=role)


__all__ = ["a_member", "a_person", "a_tenant"]
