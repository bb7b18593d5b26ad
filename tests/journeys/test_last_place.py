"""What is limited never exceeds its limit, however many take the last place at once."""

from datetime import UTC, datetime
from functools import partial

import pytest

from alicerce.apps.customers.models import Customer
from alicerce.apps.customers.services.save_customer import create_customer
from alicerce.apps.customers.tests.factories import a_profile
from alicerce.apps.tenancy.services.products import set_terms
from alicerce.apps.tenancy.tests import racing
from alicerce.apps.tenancy.tests.factories import a_tenant
from alicerce.apps.tenancy.types import ProductKey, Terms
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction

at_once, database = racing.at_once, racing.database

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("turn", range(5))
@pytest.mark.usefixtures("database")
def test_one_last_place_is_taken_once(turn):
    tenant = a_tenant(f"cheia-{turn}")
    with acting(tenant_id=tenant.id):
        terms = Terms(is_enabled=True, limits={"customers": 1}, ends_at=None)
        set_terms(product=ProductKey.HOSTING, terms=terms, at=NOON)

    def write_down(name):
        create_customer(profile=a_profile(email=f"{name}@example.com"), at=NOON)

    done = at_once(tenant, *(partial(write_down, name) for name in ("ana", "eva", "ivo")))

    with acting(tenant_id=tenant.id), transaction():
        assert (done, Customer.objects.count()) == (1, 1)
