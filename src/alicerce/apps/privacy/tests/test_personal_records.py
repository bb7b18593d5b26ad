"""What a model declares is what is found, told and forgotten."""

import pytest

from alicerce.apps.billing.models import Notice
from alicerce.apps.billing.services.receive_notice import receive_notice
from alicerce.apps.billing.tests.factories import an_account
from alicerce.apps.customers.models import Customer, CustomerUser
from alicerce.apps.customers.tests.factories import a_customer, a_customer_user, a_person
from alicerce.apps.support.models import Ticket, TicketMessage
from alicerce.apps.support.services.open_ticket import open_ticket
from alicerce.apps.support.tests.test_open_ticket import NOON
from alicerce.kernel.personal import (
    CONTRACT,
    FISCAL,
    Inventory,
    PersonalRecords,
    Subject,
    subject,
)
from alicerce.kernel.queueing import NewJob, enqueue, forget_jobs
from alicerce.kernel.testing import queued_jobs

RECORDS = PersonalRecords(Customer, CustomerUser)


@pytest.fixture
def renata(tenant):
    return a_customer(name="Renata Souza", email="renata@example.com")


def of(customer):
    return {subject("customer", customer.id)}


class TestSubjectsOf:
    def test_leads_on_by_what_the_rows_name(self, renata):
        assert RECORDS.subjects_of(of(renata)) == {Subject("email", "renata@example.com")}

    def test_leads_nowhere_from_nobody(self, renata):
        assert RECORDS.subjects_of(set()) == set()
        assert RECORDS.subjects_of({subject("invoice", renata.id)}) == set()


class TestToldOf:
    def test_is_what_the_rows_say(self, renata):
        a_customer(name="Bruno Lima")

        (told,) = RECORDS.told_of(of(renata))

        assert told.name == "customers.customer"
        assert [row["name"] for row in told.rows] == ["Renata Souza"]
        assert "tenant" not in told.rows[0]


class TestFateOf:
    def test_counts_without_changing(self, renata):
        (fate,) = RECORDS.fate_of(of(renata))

        assert (fate.rows, fate.deletes, fate.keeps) == (1, False, (FISCAL,))
        assert Customer.objects.get().name == "Renata Souza"


class TestForget:
    def test_keeps_what_a_law_keeps(self, renata):
        assert RECORDS.forget(of(renata), keeping=True) == 1

        kept = Customer.objects.get()
        assert (kept.name, kept.email) == ("Renata Souza", f"apagado-{kept.id}@invalid")

    def test_keeps_nothing_afterwards(self, renata):
        assert RECORDS.forget(of(renata), keeping=False) == 1

        assert Customer.objects.get().name == ""

    def test_changes_nothing_the_second_time(self, renata):
        assert [RECORDS.forget(of(renata), keeping=False) for _ in range(2)] == [1, 0]

    def test_takes_whole_rows_where_it_says_so(self, renata):
        person = a_person("renata@example.com")
        a_customer_user(renata, person)

        assert RECORDS.forget({subject("user", person.id)}, keeping=True) == 1
        assert not CustomerUser.objects.exists()

    def test_follows_before_it_cuts(self, renata):
        ticket_id = open_ticket(
            subject="Renata", body="Renata", key="k", customer_id=renata.id, at=NOON
        )
        records = PersonalRecords(Ticket, TicketMessage)
        found = of(renata) | records.subjects_of(of(renata))

        assert records.forget(found, keeping=False) == 2
        assert Ticket.objects.get(pk=ticket_id).subject == ""
        assert TicketMessage.objects.get().body == ""


class TestInventory:
    def test_names_each_column_once(self):
        inventory = Inventory(erase="a b", keep={FISCAL: "c", CONTRACT: "d"}, plain="e")

        assert inventory.classified() == ["a", "b", "c", "d", "e"]
        assert inventory.kept == {"c": FISCAL, "d": CONTRACT}

    def test_changes_something_only_where_it_says_so(self):
        assert not Inventory(plain="a").changes
        assert Inventory(deletes=True).changes


class TestMentionedIn:
    RECORDS = PersonalRecords(Notice)

    @pytest.fixture
    def notice(self, tenant):
        receive_notice(
            account_id=an_account().id,
            external_key="k",
            raw=b'{"txid": "abc12345", "payer": "Renata"}',
            headers={"x": "y"},
            at=NOON,
        )
        return Notice.objects.get()

    def test_finds_the_rows_that_say_the_name(self, notice):
        assert self.RECORDS.forget({Subject("provider_object", "abc12345")}, keeping=True) == 1

        notice.refresh_from_db()
        assert (bytes(notice.raw), notice.headers) == (b"", {})

    @pytest.mark.parametrize("name", ["abc", "abc12346", ""])
    def test_finds_nothing_else(self, notice, name):
        assert self.RECORDS.forget({Subject("provider_object", name)}, keeping=True) == 0


class TestForgetJobs:
    def test_drops_what_mentions_them_in_this_tenant(self, tenant):
        for name, owner, word in (
            ("a.b", tenant.id, "x1"),
            ("c.d", tenant.id, "y"),
            ("e.f", "z", "x1"),
        ):
            payload = f'{{"customer_id": "{word}"}}'.encode()
            enqueue(jobs=[NewJob(name=name, payload=payload, headers={"tenant": str(owner)})])

        assert forget_jobs(tenant_id=tenant.id, mentioning=["x1", ""]) == 1
        assert queued_jobs() == ["c.d", "e.f"]
