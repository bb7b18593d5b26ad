"""What a company may have of what is limited, and that it never has more."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.errors import NotServed
from alicerce.apps.customers.services.change_status import close_customer, reopen_customer
from alicerce.apps.customers.services.save_customer import create_customer
from alicerce.apps.customers.tests.factories import a_profile
from alicerce.apps.customers.types import NewCustomer
from alicerce.apps.developers.services.make_key import make_key
from alicerce.apps.developers.types import Maker, Mode, NewKey
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.errors import LimitReached, ProductsAreThePlatforms
from alicerce.apps.tenancy.models import Membership
from alicerce.apps.tenancy.ports import counts
from alicerce.apps.tenancy.queries.limits import limit_of
from alicerce.apps.tenancy.services.invite import accept_invitation, invite_member
from alicerce.apps.tenancy.services.products import (
    end_due_products,
    set_terms,
    switch_product,
)
from alicerce.apps.tenancy.tests.cast import LATER, NOON, a_colleague, the_invitation
from alicerce.apps.tenancy.tests.factories import a_person, a_tenant
from alicerce.apps.tenancy.types import LimitKey, ProductKey, Terms


def limited(product=ProductKey.HOSTING, *, ends_at=None, is_enabled=True, **limits):
    set_terms(product=product, terms=Terms(is_enabled, limits, ends_at), at=NOON)


def a_key(maker, at=NOON, expires_at=None):
    new = NewKey(
        name="Loja", mode=Mode.LIVE, scopes=frozenset({"customers:read"}), expires_at=expires_at
    )
    return make_key(new=new, maker=maker, at=at)


@pytest.fixture
def maker(tenant):
    return Maker(a_colleague(tenant, "owner"), frozenset({"customers:read"}))


def test_every_limit_is_counted():
    assert set(counts) == set(LimitKey)


class TestLimits:
    def test_are_none_until_a_product_says(self, tenant):
        assert [one.most for one in tenancy.limits(at=NOON)] == [None, None, None]

    def test_are_the_highest_of_the_products_that_are_on(self, tenant):
        limited(members=2)
        limited(ProductKey.CRM, members=5)
        assert limit_of(LimitKey.MEMBERS) == 5

        limited(ProductKey.CRM, members=5, is_enabled=False)
        assert limit_of(LimitKey.MEMBERS) == 2

    def test_are_each_tenants_own(self, tenant, other_tenant):
        limited(customers=1)
        with other_tenant:
            assert limit_of(LimitKey.CUSTOMERS) is None

    def test_are_in_the_trail_once(self, tenant):
        limited(members=2)
        limited(members=2)

        (entry,) = Entry.objects.filter(action="product.bounded")
        assert entry.after["limits"] == {"members": 2}


class TestMembers:
    def test_are_neither_invited_nor_let_in_beyond(self, tenant):
        owner, davi = a_colleague(tenant, "owner"), a_person("davi@example.com")
        invite_member(email=davi.email, role="support", by=owner, at=NOON)
        token = the_invitation().token
        limited(members=1)

        with pytest.raises(LimitReached) as refused:
            invite_member(email="eva@example.com", role="support", by=owner, at=NOON)
        with pytest.raises(LimitReached):
            accept_invitation(token=token, by=davi.id, at=LATER)

        assert "1" in str(refused.value)
        assert Membership.objects.count() == 1
        limited(members=2)
        accept_invitation(token=token, by=davi.id, at=LATER)
        assert Membership.objects.count() == 2


class TestCustomers:
    def test_are_not_written_down_beyond(self, tenant):
        limited(customers=1)
        first = create_customer(profile=a_profile(), at=NOON)

        with pytest.raises(LimitReached):
            create_customer(profile=a_profile(email="b@example.com"), at=NOON)

        close_customer(customer_id=first, at=NOON)
        create_customer(profile=a_profile(email="b@example.com"), at=NOON)
        with pytest.raises(LimitReached):
            reopen_customer(customer_id=first, at=NOON)
        assert tenancy.limits(at=NOON)[1].used == 1

    def test_that_order_read_nothing_about_limits(self, tenant):
        limited(customers=0)
        new = NewCustomer(
            name="Renata", email="r@example.com", document="52998224725", document_kind="cpf"
        )
        with pytest.raises(NotServed):
            customers.recognize_customer(new=new, user_id=None, at=NOON)
        assert tenancy.limits(at=NOON)[1].used == 0


class TestApiKeys:
    def test_are_not_made_beyond_and_those_that_are_over_make_room(self, tenant, maker):
        limited(api_keys=1)
        a_key(maker, expires_at=LATER)

        with pytest.raises(LimitReached):
            a_key(maker)

        a_key(maker, at=LATER)


class TestProductsThatEnd:
    def test_are_on_until_then(self, tenant):
        limited(ProductKey.CRM, ends_at=LATER)
        end_due_products(at=LATER - timedelta(seconds=1))
        assert tenancy.enabled_products() == {"hosting", "crm"}

        end_due_products(at=LATER)
        end_due_products(at=LATER)

        assert tenancy.enabled_products() == {"hosting"}
        actions = Entry.objects.filter(action="product.disabled")
        assert actions.count() == 1

    def test_that_begin_again_have_no_old_end(self, tenant):
        limited(ProductKey.CRM, ends_at=LATER)
        tenancy.disable_product(product=ProductKey.CRM, at=NOON)
        tenancy.enable_product(product=ProductKey.CRM, at=NOON)

        end_due_products(at=LATER)

        assert "crm" in tenancy.enabled_products()


class TestSwitching:
    def test_is_the_platforms_where_there_is_one(self, tenant):
        switch_product(product=ProductKey.CRM, on=True, at=NOON)
        assert "crm" in tenancy.enabled_products()

        a_tenant(f"raiz-{uuid4().hex[:6]}", is_root=True)
        with pytest.raises(ProductsAreThePlatforms):
            switch_product(product=ProductKey.CRM, on=False, at=NOON)
