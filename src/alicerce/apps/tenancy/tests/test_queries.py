"""Who may do what, and which company a host name leads to."""

from datetime import UTC, datetime

import pytest

from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.errors import OperatorOutsideRoot
from alicerce.apps.tenancy.tests.factories import (
    a_customer,
    a_customer_user,
    a_member,
    a_person,
    a_tenant,
)
from alicerce.apps.tenancy.types import RoleKey

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


class TestAccess:
    def test_of_a_member_is_what_the_role_grants(self, tenant):
        ana = a_person()
        a_member(tenant, ana, "finance")

        access = tenancy.access_of(user_id=ana.id, tenant_id=tenant.id)

        assert "billing:read" in access.permissions
        assert "servers:write" not in access.permissions

    def test_of_a_stranger_is_nothing(self, tenant):
        access = tenancy.access_of(user_id=a_person().id, tenant_id=tenant.id)

        assert access.permissions == frozenset()

    def test_of_a_buyer_is_the_client_area_of_their_customers(self, tenant):
        renata, customer = a_person("renata@example.com"), a_customer()
        a_customer_user(customer, renata)

        access = tenancy.access_of(user_id=renata.id, tenant_id=tenant.id)

        assert access.permissions == {"client:area"}
        assert access.customers == (customer.id,)

    def test_of_an_operator_holds_in_every_tenant(self, tenant, other_tenant):
        eva = a_person("eva@alicerce.example")
        root = a_tenant("raiz", is_root=True)
        from conftest import inside

        with inside(root):
            a_member(root, eva, RoleKey.OPERATOR)

        access = tenancy.access_of(user_id=eva.id, tenant_id=tenant.id)

        assert "platform:operate" in access.permissions

    def test_of_an_operator_of_another_company_is_not_the_platforms(self, tenant):
        eva = a_person("eva@alicerce.example")
        a_member(tenant, eva, RoleKey.OPERATOR)

        access = tenancy.access_of(user_id=eva.id, tenant_id=tenant.id)

        assert "platform:operate" not in access.permissions

    def test_only_the_root_company_takes_operators(self, tenant):
        with pytest.raises(OperatorOutsideRoot):
            tenancy.add_member(user_id=a_person().id, role=RoleKey.OPERATOR, at=NOON)

    def test_a_role_in_the_neighbour_grants_nothing_here(self, tenant, other_tenant):
        davi = a_person("davi@oficina.example")
        with other_tenant as oficina:
            a_member(oficina, davi, "owner")

        assert not tenancy.access_of(user_id=davi.id, tenant_id=tenant.id).permissions


class TestHosts:
    def test_lead_to_their_tenant_whatever_the_case_and_port(self, db):
        opened = tenancy.open_tenant(
            at=NOON,
            slug="nuvem",
            hosts=("https://Nuvem.example:8443",),
            name="Nuvem",
            legal_name="Nuvem Ltda",
            document="11222333000181",
            city="Recife",
            alert_email="alertas@nuvem.example",
        )

        assert tenancy.tenant_of_host("NUVEM.example:443") == opened
        assert tenancy.tenant_of_host("outra.example") is None

    def test_every_active_tenant_is_listed_for_the_clock(self, tenant, other_tenant):
        with other_tenant as oficina:
            pass

        assert {tenant.id, oficina.id} <= set(tenancy.tenant_ids())


class TestSoleCustomers:
    def test_are_those_for_whom_nobody_else_acts(self, tenant):
        person, other = a_person("renata@example.com"), a_person("socia@example.com")
        alone, shared = a_customer(), a_customer()
        for customer, user in ((alone, person), (shared, person), (shared, other)):
            a_customer_user(customer, user)

        assert tenancy.sole_customers_of(person.id) == [alone.id]
        assert tenancy.sole_customers_of(other.id) == []


class TestKnownBeyond:
    def test_is_whom_another_company_has_as_customer_or_member(self, tenant, other_tenant):
        person, colleague = a_person("renata@example.com"), a_person("caio@example.com")
        with other_tenant as neighbour:
            a_customer_user(a_customer(), person)
            a_member(neighbour, colleague, "support")

        for each in (person, colleague):
            assert tenancy.is_known_beyond(user_id=each.id, tenant_id=tenant.id)
            assert not tenancy.is_known_beyond(user_id=each.id, tenant_id=neighbour.id)
            assert tenancy.is_known_beyond(user_id=each.id, tenant_id=None)
        assert not tenancy.is_member(colleague.id)

    def test_is_not_a_stranger(self, tenant):
        person = a_person("renata@example.com")

        assert not tenancy.is_known_beyond(user_id=person.id, tenant_id=None)
