"""At once, in committed transactions: no company is left alone, and no letter opens twice."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection

from alicerce.apps.customers.models import Customer
from alicerce.apps.customers.services.save_customer import create_customer
from alicerce.apps.customers.tests.factories import a_profile
from alicerce.apps.tenancy.errors import (
    InvitationGone,
    LastAdministrator,
    LimitReached,
    NotAMember,
    NotYours,
)
from alicerce.apps.tenancy.services.invite import accept_invitation, invite_member
from alicerce.apps.tenancy.services.products import set_terms
from alicerce.apps.tenancy.services.team import change_role, remove_member
from alicerce.apps.tenancy.tests.cast import (
    LATER,
    NOON,
    a_colleague,
    roles_held,
    the_invitation,
)
from alicerce.apps.tenancy.tests.factories import a_person, a_tenant
from alicerce.apps.tenancy.types import ProductKey, Terms
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from tests.architecture.isolation.scratch import copy_of_template, django_on

REFUSED = (LastAdministrator, LimitReached, NotAMember, NotYours, InvitationGone)


@pytest.fixture(scope="module")
def database(worker_id, django_db_blocker):
    with (
        copy_of_template(f"team_{worker_id}") as name,
        django_db_blocker.unblock(),
        django_on(name),
    ):
        yield


def at_once(tenant, *acts):
    """How many of the acts, begun together, were done; the others were refused."""
    start = threading.Barrier(len(acts))

    def attempt(act):
        try:
            with acting(tenant_id=tenant.id):
                start.wait(timeout=10)
                act()
        except REFUSED:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(len(acts)) as pool:
        return sum(pool.map(attempt, acts))


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


@pytest.mark.parametrize("turn", range(5))
def test_one_last_place_is_taken_once(turn, database):
    tenant = a_tenant(f"cheia-{turn}")
    with acting(tenant_id=tenant.id):
        terms = Terms(is_enabled=True, limits={"customers": 1}, ends_at=None)
        set_terms(product=ProductKey.HOSTING, terms=terms, at=NOON)

    def write_down(name):
        create_customer(profile=a_profile(email=f"{name}@example.com"), at=NOON)

    done = at_once(tenant, *(partial(write_down, name) for name in ("ana", "eva", "ivo")))

    with acting(tenant_id=tenant.id), transaction():
        assert (done, Customer.objects.count()) == (1, 1)
