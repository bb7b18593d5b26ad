"""Whoever asks to be erased has a week to think it over; what a law wants kept is kept until then."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.models import Entry, SubjectKey
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Invoice, InvoiceLine
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import a_payment, an_account, an_invoice
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.collecting.events import PayerUnwanted
from alicerce.apps.collecting.models import Payer
from alicerce.apps.customers.models import Contact, Customer, CustomerImport, CustomerUser
from alicerce.apps.customers.tests.factories import a_customer, a_customer_user, a_person
from alicerce.apps.endpoints.models import LoggedEvent
from alicerce.apps.hosting.tests.factories import a_service
from alicerce.apps.identity.models import User
from alicerce.apps.identity.tests.factories import a_code_app
from alicerce.apps.notify.models import Message
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.services.release_order import release_order
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.privacy.errors import AlreadyAsked, CannotErase, TooLateToWithdraw
from alicerce.apps.privacy.events import ErasureDue
from alicerce.apps.privacy.jobs import erase_due_person, find_due_erasures
from alicerce.apps.privacy.services.ask import ask_for_erasure, withdraw
from alicerce.apps.privacy.services.erase import carry_out_erasure
from alicerce.apps.privacy.services.preview import fates, kept_until_of, obstacles
from alicerce.apps.privacy.tests.factories import NOON, a_buyer, request_row
from alicerce.apps.privacy.types import Obstacle, RequestStatus
from alicerce.apps.tenancy.models import BillingAccount, PaidTenant
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.personal import FISCAL
from alicerce.kernel.testing import queued_jobs

WEEK = NOON + timedelta(days=7)


@pytest.fixture
def renata(tenant):
    person, _customer = a_buyer()
    return person


@pytest.fixture
def customer(renata):
    return Customer.objects.get()


def erase(person, *, at=NOON):
    request_id = ask_for_erasure(user_id=person.id, at=at)
    carry_out_erasure(request_id=request_id, at=at + timedelta(days=7))
    return request_row(request_id)


def a_billing_account(person):
    return BillingAccount.objects.create(
        owner=person, name="Renata Souza", billing_email=person.email
    )


def pay(customer):
    invoice = an_invoice(customer_id=customer.id)
    book_payment(account_id=an_account().id, paid=a_payment(invoice.id), at=NOON)
    return invoice


class TestObstacles:
    def test_there_are_none_without_a_contract(self, renata):
        assert obstacles(user_id=renata.id) == []

    def test_are_what_is_still_owed_and_delivered(self, renata, customer, tenant):
        a_service(customer=customer)
        an_invoice(customer_id=customer.id)
        a_member(tenant, renata, "support")

        owed = [Obstacle.SERVICE, Obstacle.ORDER, Obstacle.INVOICE, Obstacle.TEAM]
        assert obstacles(user_id=renata.id) == owed
        with pytest.raises(CannotErase):
            ask_for_erasure(user_id=renata.id, at=NOON)

    def test_are_orders_that_were_paid_and_not_delivered(self, renata, customer):
        order = an_order(email=customer.email, document=customer.document)
        assert order.customer_id == customer.id
        Invoice.objects.update(status="void", voided_at=NOON)
        assert obstacles(user_id=renata.id) == []

        release_order(order_id=order.id, at=NOON)
        assert obstacles(user_id=renata.id) == [Obstacle.ORDER]

        orders.fulfil_line(line_id=order.lines[0].id, at=NOON)
        assert obstacles(user_id=renata.id) == []

    def test_are_companies_that_one_pays_for(self, renata, tenant):
        account = a_billing_account(renata)
        PaidTenant.objects.create(account=account, paid=tenant, since=NOON)

        assert obstacles(user_id=renata.id) == [Obstacle.PAYER]

    def test_are_not_somebody_elses(self, renata, tenant):
        _, other = a_buyer("Bruno Lima")
        an_invoice(customer_id=other.id)

        assert obstacles(user_id=renata.id) == []


class TestAsking:
    def test_gives_a_protocol_a_day_and_a_letter(self, renata):
        request = request_row(ask_for_erasure(user_id=renata.id, at=NOON))

        assert request.protocol == "2026-000001"
        assert request.due_on == date(2026, 9, 16)
        assert request.runs_at == WEEK
        assert Message.objects.get().template == "erasure_scheduled"

    def test_is_done_once_at_a_time(self, renata):
        ask_for_erasure(user_id=renata.id, at=NOON)

        with pytest.raises(AlreadyAsked):
            ask_for_erasure(user_id=renata.id, at=NOON)

    def test_is_withdrawn_within_the_week(self, renata):
        request_id = ask_for_erasure(user_id=renata.id, at=NOON)

        withdraw(request_id=request_id, at=WEEK - timedelta(seconds=1))
        carry_out_erasure(request_id=request_id, at=WEEK)

        assert User.objects.get().name == "Renata Souza"
        with pytest.raises(TooLateToWithdraw):
            withdraw(request_id=request_id, at=WEEK)


class TestErasure:
    def test_waits_for_the_week_to_pass(self, renata):
        request_id = ask_for_erasure(user_id=renata.id, at=NOON)

        carry_out_erasure(request_id=request_id, at=WEEK - timedelta(seconds=1))

        assert User.objects.get().name == "Renata Souza"

    def test_leaves_rows_without_a_name(self, renata, customer):
        request = erase(renata)

        person, customer = User.objects.get(), Customer.objects.get()
        assert request.status == RequestStatus.DONE
        assert (person.name, person.email) == ("", f"apagado-{person.id}@invalid")
        assert (person.is_active, person.password) == (False, "!")
        assert (customer.name, customer.document) == ("", "")
        assert not CustomerUser.objects.exists()

    def test_is_the_same_however_often_the_job_runs(self, renata, published):
        request_id = ask_for_erasure(user_id=renata.id, at=NOON)

        for _ in range(2):
            erase_due_person(ErasureDue(at=WEEK, request_id=request_id))

        assert [f.name for f in published].count("privacy.person_forgotten") == 1

    def test_is_found_by_the_clock_for_every_tenant(self, renata, published):
        request_id = ask_for_erasure(user_id=renata.id, at=NOON)

        find_due_erasures()

        assert [f.request_id for f in published if isinstance(f, ErasureDue)] == [request_id]

    def test_is_refused_by_a_contract_made_meanwhile(self, renata, customer):
        request_id = ask_for_erasure(user_id=renata.id, at=NOON)
        an_invoice(customer_id=customer.id)

        carry_out_erasure(request_id=request_id, at=WEEK)

        assert request_row(request_id).status == RequestStatus.REFUSED
        assert User.objects.get(pk=renata.pk).name == "Renata Souza"

    def test_spares_a_customer_that_others_act_for_too(self, renata, customer):
        a_customer_user(customer, a_person("socia@example.com"))

        erase(renata)

        assert Customer.objects.get().name == "Renata Souza"
        assert [str(link.user) for link in CustomerUser.objects.all()] == ["socia@example.com"]

    def test_spares_the_person_whom_another_company_knows(self, renata, other_tenant):
        with other_tenant:
            a_buyer("Renata Souza")
            CustomerUser.objects.update(user=renata)

        erase(renata)

        assert User.objects.get(pk=renata.pk).name == "Renata Souza"
        assert Customer.objects.get().name == ""

    def test_spares_the_account_of_who_still_pays_elsewhere(self, renata, other_tenant):
        with other_tenant:
            a_billing_account(renata)

        erase(renata)

        assert User.objects.get(pk=renata.pk).name == "Renata Souza"

    def test_empties_a_billing_account_that_pays_for_nobody(self, renata):
        a_billing_account(renata)

        erase(renata)

        account = BillingAccount.objects.get()
        assert (account.name, account.billing_email) == ("", "")
        assert User.objects.get(pk=renata.pk).name == ""

    def test_ends_the_sessions_and_what_opened_the_account(self, renata):
        a_code_app(renata)
        EmailAddress.objects.create(user=renata, email=renata.email, verified=True)
        UserSession.objects.create(
            user=renata, ip="203.0.113.7", session_key="k", user_agent="x"
        )
        Session.objects.create(session_key="k", session_data="x", expire_date=WEEK)

        erase(renata)

        for model in (Authenticator, EmailAddress, UserSession, Session):
            assert not model.objects.exists()

    def test_drops_what_customers_know_by_address(self, renata, tenant):
        other = a_customer(name="Oficina")
        Contact.objects.create(customer=other, name="Renata", email=renata.email)
        sheet = f"nome,e-mail\nRenata,{renata.email}\n".encode()
        CustomerImport.objects.create(owner=renata, filename="x.csv", content=sheet, total=1)

        erase(renata)

        assert not Contact.objects.exists()
        waiting = CustomerImport.objects.get()
        assert (bytes(waiting.content), waiting.state) == (b"", "canceled")

    def test_drops_events_that_mention_a_customer(self, renata, customer):
        for customer_id in (customer.id, a_customer().id):
            LoggedEvent.objects.create(
                type="customer.updated",
                version=1,
                subject=customer_id,
                at=NOON,
                data={"customer_id": str(customer_id)},
            )

        erase(renata)

        kept = LoggedEvent.objects.filter(type="customer.updated")
        assert [event.subject == customer.id for event in kept] == [False]
        assert LoggedEvent.objects.filter(type="privacy.person_forgotten").exists()

    def test_reaches_where_cards_are_kept(self, renata, customer, published):
        account = an_account(GatewayKind.STRIPE)
        payer = Payer.objects.create(
            customer_id=customer.id, account=account, external_id="cus_renata"
        )

        erase(renata)

        told = [fact.payer_id for fact in published if isinstance(fact, PayerUnwanted)]
        assert told == [payer.id]
        assert queued_jobs().count("collecting.forget_unwanted_payer") == 1

    def test_says_so_in_the_trail(self, renata):
        request = erase(renata)

        said = Entry.objects.filter(entity_id=request.id).order_by("id")
        assert [entry.action for entry in said] == [
            "privacy_request.asked",
            "privacy_request.carried_out",
        ]


class TestRetention:
    def test_keeps_what_a_paid_invoice_needs_until_its_year_has_come(self, renata, customer):
        invoice = pay(customer)

        request = erase(renata)

        kept = Customer.objects.get()
        assert (kept.name, kept.document) == ("Renata Souza", customer.document)
        assert kept.email == f"apagado-{kept.id}@invalid"
        assert request.kept_until == date(2032, 1, 1)

        carry_out_erasure(request_id=request.id, at=datetime(2031, 12, 31, tzinfo=UTC))
        assert Customer.objects.get().name == "Renata Souza"
        carry_out_erasure(request_id=request.id, at=datetime(2032, 1, 1, tzinfo=UTC))
        gone = Customer.objects.get()
        assert (gone.name, gone.document) == ("", "")
        assert InvoiceLine.objects.get(invoice_id=invoice.id).description == ""
        assert billing.invoice(invoice.id).total.cents == 4990
        assert request_row(request.id).revisit_at is None

    def test_keeps_where_somebody_came_from_for_six_months(self, renata, customer, tenant):
        actor = f"user:{renata.id}"
        with acting(tenant_id=tenant.id, actor=actor, ip="203.0.113.7"), transaction():
            words = Personal("renata.com.br", of=f"customer:{customer.id}")
            audit.record(action="a.b", entity="a", after={"domain": words}, at=NOON)

        request = erase(renata)

        assert [key.subject for key in SubjectKey.objects.all()] == [f"user:{renata.id}"]
        carry_out_erasure(request_id=request.id, at=WEEK + timedelta(days=183))
        assert not SubjectKey.objects.exists()


class TestPreview:
    def test_tells_what_becomes_of_each_table(self, renata, customer):
        pay(customer)

        told = {str(fate.about): fate for fate in fates(user_id=renata.id)}

        assert told["Acesso à área do cliente"].deletes
        assert told["Cadastro de cliente"].keeps == (FISCAL,)
        assert told["Cadastro da pessoa"].rows == 1
        assert kept_until_of(user_id=renata.id) == date(2032, 1, 1)

    def test_keeps_as_long_as_the_last_payment_wants_of_whichever_invoice(
        self, renata, customer
    ):
        old, new = (an_invoice(customer_id=customer.id) for _ in range(2))
        a_year_later = datetime(2027, 1, 1, 2, tzinfo=UTC), datetime(2028, 1, 1, 2, tzinfo=UTC)
        account = an_account()
        book_payment(
            account_id=account.id,
            paid=a_payment(new.id, paid_at=a_year_later[0]),
            at=a_year_later[0],
        )
        book_payment(
            account_id=account.id,
            paid=a_payment(old.id, paid_at=a_year_later[1]),
            at=a_year_later[1],
        )

        # still 31 December 2027 where the company is
        assert kept_until_of(user_id=renata.id) == date(2033, 1, 1)

    def test_changes_nothing(self, renata):
        fates(user_id=renata.id)

        assert User.objects.get().name == "Renata Souza"
