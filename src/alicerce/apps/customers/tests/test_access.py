"""Who acts for which customer, and how they come to."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from alicerce.apps.customers import public as customers
from alicerce.apps.customers.errors import (
    InvitationOver,
    LastOwner,
    NotServed,
    TooManyInvitations,
)
from alicerce.apps.customers.models import Customer, CustomerUser, Invitation
from alicerce.apps.customers.ports import posts
from alicerce.apps.customers.queries.access import invitation_of_token, people_of
from alicerce.apps.customers.rules import INVITATIONS_A_DAY
from alicerce.apps.customers.services import give_access as access
from alicerce.apps.customers.services.change_status import block_customer
from alicerce.apps.customers.tests.factories import (
    a_cpf,
    a_customer,
    a_customer_user,
    a_person,
)
from alicerce.apps.customers.types import CustomerRole, NewCustomer
from alicerce.apps.identity import public as identity
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.tests.factories import a_member

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def mail(monkeypatch):
    letters = []
    monkeypatch.setitem(posts, "mail", lambda **letter: letters.append(letter))
    return letters


def token_of(letter):
    return re.search(r"/acesso/([^/]+)/", letter["values"]["link_access"])[1]


def seen(email):
    """Somebody who signed in once."""
    person = a_person(email)
    person.last_login = NOON
    person.save()
    return person


def ordering(email="renata@example.com", document=None):
    return NewCustomer("Renata", email, document or a_cpf(), "cpf")


class TestClientAccess:
    @pytest.mark.parametrize(
        ("role", "permissions"),
        [
            ("owner", {"client:area", "client:billing", "client:services", "client:people"}),
            ("billing", {"client:area", "client:billing"}),
            ("technical", {"client:area", "client:services"}),
        ],
    )
    def test_is_what_the_role_grants(self, tenant, role, permissions):
        renata, customer = a_person("renata@example.com"), a_customer()
        a_customer_user(customer, renata, role)

        found = customers.client_access(renata.id)

        assert found.permissions == permissions
        assert found.having("client:area") == (customer.id,)

    def test_of_one_customer_does_not_reach_another(self, tenant):
        renata, owned, helped = a_person("renata@example.com"), a_customer(), a_customer()
        a_customer_user(owned, renata, "owner")
        a_customer_user(helped, renata, "technical")

        found = customers.client_access(renata.id)

        assert found.having("client:billing") == (owned.id,)
        assert set(found.having("client:services")) == {owned.id, helped.id}

    def test_of_a_stranger_or_of_somebody_who_buys_nothing_is_none(self, tenant):
        assert not customers.client_access(None).permissions
        assert not customers.client_access(a_person().id).permissions

    def test_does_not_reach_the_neighbour(self, tenant, other_tenant):
        renata = a_person("renata@example.com")
        a_customer_user(a_customer(), renata)

        with other_tenant:
            assert not customers.client_access(renata.id).permissions


class TestRecognizeCustomer:
    def test_lets_in_somebody_who_never_was_anywhere(self, tenant, mail):
        customer_id = customers.recognize_customer(new=ordering(), user_id=None, at=NOON)

        assert len(people_of(customer_id)) == 1
        assert mail == []

    def test_asks_somebody_known_before_their_area_shows_it(self, tenant, mail):
        renata = seen("renata@example.com")

        customer_id = customers.recognize_customer(new=ordering(), user_id=None, at=NOON)

        assert not customers.client_access(renata.id).permissions
        assert [letter["to"] for letter in mail] == ["renata@example.com"]
        access.accept_invitation(token=token_of(mail[0]), user_id=renata.id, at=NOON)
        assert customers.client_access(renata.id).having("client:area") == (customer_id,)

    def test_asks_before_a_second_order_of_strangers_reaches_an_area(self, tenant, mail):
        first = customers.recognize_customer(new=ordering(), user_id=None, at=NOON)
        second = customers.recognize_customer(new=ordering(), user_id=None, at=NOON)

        assert (len(people_of(first)), len(people_of(second))) == (1, 0)
        assert len(mail) == 1

    def test_lets_in_who_is_signed_in_whatever_the_address(self, tenant, mail):
        ana = seen("ana@example.com")

        customer_id = customers.recognize_customer(new=ordering(), user_id=ana.id, at=NOON)

        assert [person.user_id for person in people_of(customer_id)] == [ana.id]
        assert mail == []

    def test_who_orders_with_anothers_document_sees_nothing_of_theirs(self, tenant, mail):
        document, mallory = a_cpf(), seen("mallory@example.com")
        theirs = customers.recognize_customer(
            new=ordering(document=document), user_id=None, at=NOON
        )
        new = ordering("mallory@example.com", document)

        assert customers.recognize_customer(new=new, user_id=mallory.id, at=NOON) == theirs
        assert not customers.client_access(mallory.id).permissions
        assert customers.customer(theirs).email == "renata@example.com"
        assert mail == []

    def test_a_customer_the_company_wrote_down_is_offered_to_the_address_it_wrote(
        self, tenant, mail
    ):
        written = a_customer(email="dona@example.com")
        seen("dona@example.com")
        mallory = seen("mallory@example.com")
        new = ordering("mallory@example.com", written.document)

        customers.recognize_customer(new=new, user_id=mallory.id, at=NOON)

        assert not customers.client_access(mallory.id).permissions
        assert [letter["to"] for letter in mail] == ["dona@example.com"]

    def test_does_not_serve_who_is_blocked(self, tenant, mail):
        new = ordering()
        customer_id = customers.recognize_customer(new=new, user_id=None, at=NOON)
        block_customer(customer_id=customer_id, at=NOON)

        with pytest.raises(NotServed):
            customers.recognize_customer(new=new, user_id=None, at=NOON)


class TestInvitation:
    @pytest.fixture
    def customer(self, tenant):
        return a_customer()

    def invite(self, customer, email="nova@example.com", role=CustomerRole.BILLING):
        access.invite_person(customer_id=customer.id, email=email, role=role, at=NOON)

    def test_fills_nobodys_mailbox(self, customer, mail):
        for number in range(INVITATIONS_A_DAY):
            self.invite(customer, f"nova{number % 2}@example.com")

        with pytest.raises(TooManyInvitations):
            self.invite(customer)
        assert len(mail) == INVITATIONS_A_DAY

    def test_is_kept_as_a_hash_only(self, customer, mail):
        self.invite(customer)

        assert token_of(mail[0]) not in str(Invitation.objects.values())

    def test_lets_in_with_its_role_once(self, customer, mail):
        ana = seen("ana@example.com")
        self.invite(customer, "ana@example.com")
        token = token_of(mail[0])

        access.accept_invitation(token=token, user_id=ana.id, at=NOON)

        assert customers.client_access(ana.id).permissions == {"client:area", "client:billing"}
        with pytest.raises(InvitationOver):
            access.accept_invitation(token=token, user_id=a_person("b@x.example").id, at=NOON)

    def test_opens_the_account_of_a_newcomer(self, customer, mail):
        self.invite(customer)

        let_in = access.accept_invitation(token=token_of(mail[0]), user_id=None, at=NOON)

        assert identity.person(let_in).email == "nova@example.com"
        assert [person.user_id for person in people_of(customer.id)] == [let_in]

    def test_calls_the_newcomer_by_the_customers_name_where_they_are_the_customer(
        self, customer, mail
    ):
        Customer.objects.filter(pk=customer.id).update(
            kind="person", name="Renata Souza", email="renata@example.com"
        )
        self.invite(customer, "renata@example.com")

        let_in = access.accept_invitation(token=token_of(mail[0]), user_id=None, at=NOON)

        assert identity.person(let_in).name == "Renata Souza"

    def test_asks_somebody_known_to_sign_in_and_stays_open(self, customer, mail):
        seen("ana@example.com")
        self.invite(customer, "ana@example.com")
        token = token_of(mail[0])

        assert access.accept_invitation(token=token, user_id=None, at=NOON) is None
        assert invitation_of_token(token, at=NOON) is not None
        assert people_of(customer.id) == []

    def test_ends_after_three_days(self, customer, mail):
        self.invite(customer)
        token = token_of(mail[0])

        assert invitation_of_token(token, at=NOON + 2 * DAY) is not None
        with pytest.raises(InvitationOver):
            access.accept_invitation(token=token, user_id=None, at=NOON + 3 * DAY)

    def test_ends_when_it_is_sent_again_or_taken_back(self, customer, mail):
        self.invite(customer)
        self.invite(customer)
        first, second = map(token_of, mail)

        assert invitation_of_token(first, at=NOON) is None
        open_one = invitation_of_token(second, at=NOON)
        assert access.revoke_invitation(
            customer_id=customer.id, invitation_id=open_one.id, at=NOON
        )
        assert invitation_of_token(second, at=NOON) is None

    def test_of_the_neighbour_opens_nothing_here(self, customer, mail, other_tenant):
        with other_tenant:
            self.invite(a_customer())

        with pytest.raises(InvitationOver):
            access.accept_invitation(token=token_of(mail[0]), user_id=None, at=NOON)


class TestPeople:
    def test_the_last_owner_stays(self, tenant):
        customer = a_customer()
        owner = a_customer_user(customer, a_person("a@x.example"))
        helper = a_customer_user(customer, a_person("b@x.example"), "technical")
        change = {"customer_id": customer.id, "at": NOON}

        with pytest.raises(LastOwner):
            access.remove_person(link_id=owner.id, **change)
        with pytest.raises(LastOwner):
            access.change_role(link_id=owner.id, role=CustomerRole.BILLING, **change)
        assert access.change_role(link_id=helper.id, role=CustomerRole.OWNER, **change)
        assert access.remove_person(link_id=owner.id, **change)
        assert not access.remove_person(link_id=owner.id, **change)
        assert CustomerUser.objects.count() == 1

    def test_of_another_customer_are_not_touched(self, tenant):
        link = a_customer_user(a_customer(), a_person("a@x.example"), "technical")

        assert not access.remove_person(customer_id=a_customer().id, link_id=link.id, at=NOON)


class TestSoleCustomers:
    def test_are_those_for_whom_nobody_else_acts(self, tenant):
        person, other = a_person("renata@example.com"), a_person("socia@example.com")
        alone, shared = a_customer(), a_customer()
        for customer, user in ((alone, person), (shared, person), (shared, other)):
            a_customer_user(customer, user)

        assert customers.sole_customers_of(person.id) == [alone.id]
        assert customers.sole_customers_of(other.id) == []


class TestKnownBeyond:
    def test_is_whom_another_company_has_as_customer_or_member(self, tenant, other_tenant):
        person, colleague = a_person("renata@example.com"), a_person("caio@example.com")
        with other_tenant as neighbour:
            a_customer_user(a_customer(), person)
            a_member(neighbour, colleague, "support")

        for each in (person, colleague):
            assert customers.is_known_beyond(user_id=each.id, tenant_id=tenant.id)
            assert not customers.is_known_beyond(user_id=each.id, tenant_id=neighbour.id)
            assert customers.is_known_beyond(user_id=each.id, tenant_id=None)
        assert not tenancy.is_member(colleague.id)

    def test_is_not_a_stranger(self, tenant):
        person = a_person("renata@example.com")

        assert not customers.is_known_beyond(user_id=person.id, tenant_id=None)
