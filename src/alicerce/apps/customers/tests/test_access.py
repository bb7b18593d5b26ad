"""Who acts for which customer."""

from alicerce.apps.customers import public as customers
from alicerce.apps.customers.tests.factories import a_customer, a_customer_user, a_person


class TestClientAccess:
    def test_of_a_buyer_is_the_client_area_of_their_customers(self, tenant):
        renata, customer = a_person("renata@example.com"), a_customer()
        a_customer_user(customer, renata)

        access = customers.client_access(renata.id)

        assert access.permissions == {"client:area"}
        assert access.customers == (customer.id,)

    def test_of_somebody_who_buys_nothing_is_none(self, tenant):
        access = customers.client_access(a_person().id)

        assert (access.permissions, access.customers) == (frozenset(), ())

    def test_of_a_stranger_is_none(self, tenant):
        assert not customers.client_access(None).permissions

    def test_does_not_reach_the_neighbour(self, tenant, other_tenant):
        renata = a_person("renata@example.com")
        a_customer_user(a_customer(), renata)

        with other_tenant:
            assert not customers.client_access(renata.id).customers
