"""At once, in committed transactions: no company is left alone, and no letter opens twice."""

import pytest

from alicerce.apps.tenancy.services.invite import accept_invitation, invite_member
from alicerce.apps.tenancy.services.team import change_role, remove_member
from alicerce.apps.tenancy.tests import racing
from alicerce.apps.tenancy.tests.cast import (
    LATER,
    NOON,
    a_colleague,
    roles_held,
    the_invitation,
)
from alicerce.apps.tenancy.tests.factories import a_person, a_tenant
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction

at_once, database = racing.at_once, racing.database


@pytest.fixture(params=range(5))
def two(request, database):
    """Two administrators of a company without an owner."""
    tenant = a_tenant(f"par-{request.param}")
    with acting(tenant_id=tenant.id), transaction():
        names = (f"{request.param}-um", f"{request.param}-dois")
        return tenant, *(a_colleague(tenant, "admin", name) for name in names)


def test_two_administrators_who_remove_each_other_leave_one(two):
    tenant, one, other = two

    done = at_once(
        tenant,
        lambda: remove_member(user_id=other, by=one, at=NOON),
        lambda: remove_member(user_id=one, by=other, at=NOON),
    )

    with acting(tenant_id=tenant.id), transaction():
        assert (done, len(roles_held())) == (1, 1)


def test_two_administrators_who_step_down_leave_one(database):
    tenant = a_tenant("descida")
    with acting(tenant_id=tenant.id), transaction():
        one, other = (a_colleague(tenant, "admin", name) for name in ("d-um", "d-dois"))

    done = at_once(
        tenant,
        lambda: change_role(user_id=one, role="read_only", by=one, at=NOON),
        lambda: change_role(user_id=other, role="read_only", by=other, at=NOON),
    )

    with acting(tenant_id=tenant.id), transaction():
        assert done == 1
        assert sorted(roles_held().values()) == ["admin", "read_only"]


def test_a_letter_opened_four_times_at_once_opens_once(database):
    tenant = a_tenant("carta")
    with acting(tenant_id=tenant.id), transaction():
        owner = a_colleague(tenant, "owner", "dona-carta")
        davi = a_person("davi-carta@example.com")
        invite_member(email=davi.email, role="support", by=owner, at=NOON)
        token = the_invitation().token

    acts = [lambda: accept_invitation(token=token, by=davi.id, at=LATER)] * 4

    assert at_once(tenant, *acts) == 1
