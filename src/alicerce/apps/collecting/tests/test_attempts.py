"""A card is charged once, whatever breaks; and what its bank says decides what comes next."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import Client, RequestFactory

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Charge, GatewayAccount, Payment
from alicerce.apps.billing.services.ask_funds import ask_funds
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.reconcile import reconcile
from alicerce.apps.billing.services.record_payment import record_payment
from alicerce.apps.billing.tests.factories import PRICE, a_payment, an_account, by_hand
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.collecting.errors import AlreadyCharging, NothingToCollect, TooManyTries
from alicerce.apps.collecting.models import Attempt, Card, Collection
from alicerce.apps.collecting.services.begin_attempt import begin_attempt
from alicerce.apps.collecting.services.carry_out import carry_out
from alicerce.apps.collecting.services.choose import set_autopay
from alicerce.apps.collecting.services.collect import collect_due
from alicerce.apps.collecting.services.follow import follow_invoice
from alicerce.apps.collecting.services.keep_cards import look_at_cards
from alicerce.apps.collecting.tests.factories import (
    DUE,
    MORNING,
    OPENED,
    after,
    an_owed_invoice,
)
from alicerce.apps.collecting.types import Trigger
from alicerce.apps.collecting.web.at_once import card_at_hand
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.notify.models import Message
from alicerce.apps.subscriptions.queries import cards
from alicerce.apps.subscriptions.queries.changing import open_change, preview_change
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.subscriptions.web.changing import change
from alicerce.apps.subscriptions.web.confirming import Desk
from alicerce.apps.tenancy.models import Host
from alicerce.kernel.testing import run_jobs

pytestmark = pytest.mark.usefixtures("tenant")


@pytest.fixture(autouse=True)
def _time(clock):
    work.clock = clock


@pytest.fixture
def account(stripe):
    return stripe.connect(at=OPENED)


@pytest.fixture
def payer(stripe, account):
    return stripe.known(a_customer().id, account)


@pytest.fixture
def card(stripe, payer):
    """A kept card, by its name at the provider."""
    name = stripe.keep_card(payer, at=OPENED)
    run_jobs()
    return name


@pytest.fixture
def invoice(payer, card):
    return an_owed_invoice(payer.customer_id)


def work():
    """As workers do: what fails is tried again."""
    run_jobs(include_delayed=True, raise_failures=False)


def collect(at):
    """The clock says so, and looks."""
    work.clock.at = at
    collect_due(at=at)
    work()


def attempts(invoice):
    rows = Attempt.objects.filter(invoice_id=invoice.id).order_by("id")
    return [(row.trigger, row.status, row.decline) for row in rows]


def templates():
    found = Message.objects.filter(template__startswith="card_").order_by("id")
    return list(found.values_list("template", flat=True))


class TestOnItsDay:
    def test_pays_the_invoice_once_and_never_before(self, stripe, invoice):
        collect(MORNING - timedelta(seconds=1))
        assert not Attempt.objects.exists()

        for _ in range(3):
            collect(MORNING)

        assert attempts(invoice) == [("cycle", "succeeded", "")]
        assert billing.invoice(invoice.id).status == "paid"
        [intent] = stripe.charged()
        assert (intent["amount"], intent["payment_method"]) == (
            PRICE.cents,
            Card.objects.get().external_id,
        )
        assert Collection.objects.get().ended_at
        assert templates() == []

    @pytest.mark.parametrize("fault", ["execute_then_drop", "500"])
    def test_an_answer_that_never_came_is_asked_for_not_repeated(self, stripe, invoice, fault):
        """Killed between the request and the booking, or never told: the same."""
        stripe.faults.arm(fault, match="stripe.charge_card")

        collect(MORNING)

        assert [each["status"] for each in stripe.charged()] == ["succeeded"]
        assert attempts(invoice) == [("cycle", "succeeded", "")]
        assert Payment.objects.count() == 1

    def test_what_was_charged_before_a_worker_died_is_found_by_our_mark(self, stripe, invoice):
        stripe.faults.arm("execute_then_drop", match="stripe.charge_card", times=1)
        collect_due(at=MORNING)
        carry_out(attempt_id=Attempt.objects.get().id, at=MORNING)
        with pytest.raises(Exception, match="Stripe"):
            run_jobs()
        assert Charge.objects.get().status == "unknown"
        with pytest.raises(AlreadyCharging):
            begin_attempt(invoice_id=invoice.id, trigger=Trigger.ADMIN, at=MORNING)

        account = GatewayAccount.objects.get(kind="stripe")
        reconcile(account_id=account.id, since=account.reconciled_at, at=after(1))
        follow_invoice(invoice_id=invoice.id, at=after(1))

        assert attempts(invoice) == [("cycle", "succeeded", "")]
        assert len(stripe.charged()) == 1

    def test_what_never_arrived_is_a_failure_that_time_may_mend(self, stripe, invoice):
        stripe.faults.arm("500", match="stripe.charge_card", times=1)
        collect_due(at=MORNING)
        carry_out(attempt_id=Attempt.objects.get().id, at=MORNING)
        with pytest.raises(Exception, match="Stripe"):
            run_jobs()
        Charge.objects.update(begun_at=MORNING, checked_at=MORNING)

        account = GatewayAccount.objects.get(kind="stripe")
        reconcile(account_id=account.id, since=account.reconciled_at, at=after(1))
        follow_invoice(invoice_id=invoice.id, at=after(1))

        assert attempts(invoice) == [("cycle", "failed", "soft")]
        assert stripe.charged() == []
        collect(after(3))
        assert attempts(invoice)[-1] == ("dunning", "succeeded", "")

    def test_news_twice_and_in_the_wrong_order_change_nothing(self, stripe, account, invoice):
        stripe.vault.waits = True
        collect(MORNING)
        assert attempts(invoice) == [("cycle", "charging", "")]
        [intent] = stripe.charged()
        stripe.vault.settle(intent["id"], decline="insufficient_funds")
        stripe.vault.settle(intent["id"])

        paid, refused = "payment_intent.succeeded", "payment_intent.payment_failed"
        stripe.tell(account, paid, refused, paid)
        work()

        assert attempts(invoice) == [("cycle", "succeeded", "")]
        assert Payment.objects.count() == 1

    def test_a_pix_meanwhile_wins(self, stripe, invoice):
        collect_due(at=MORNING)
        paid = a_payment(invoice.id, paid_at=MORNING)
        book_payment(account_id=an_account().id, paid=paid, at=MORNING)
        work()

        assert attempts(invoice) == [("cycle", "dropped", "")]
        assert stripe.charged() == []

    def test_a_pix_while_the_bank_thinks_leaves_credit_and_no_second_payment(
        self, stripe, account, invoice
    ):
        stripe.vault.waits = True
        collect(MORNING)
        paid = a_payment(invoice.id, paid_at=MORNING)
        book_payment(account_id=an_account().id, paid=paid, at=MORNING)
        work()
        assert attempts(invoice) == [("cycle", "dropped", "")]

        stripe.vault.settle(stripe.charged()[0]["id"])
        stripe.tell(account, "payment_intent.succeeded")
        work()

        assert attempts(invoice) == [("cycle", "succeeded", "")]
        assert billing.wallet_balance(invoice.customer_id) == (PRICE,)

    def test_a_page_of_checkout_is_closed_first(self, stripe, invoice):
        page = billing.begin_charge(
            invoice_id=invoice.id,
            method=PaymentMethod.CARD,
            return_url="https://padaria.example/",
            at=MORNING,
        )
        work.clock.at = MORNING
        work()
        assert billing.charge(page).redirect_url

        collect(MORNING)

        assert billing.charge(page).status == "expired"
        assert attempts(invoice) == [("cycle", "succeeded", "")]

    def test_who_switched_it_off_is_left_alone(self, stripe, invoice):
        set_autopay(customer_id=invoice.customer_id, is_on=False, at=OPENED)
        collect(MORNING)
        assert stripe.charged() == []

        work.clock.at = after(1)
        set_autopay(customer_id=invoice.customer_id, is_on=True, at=after(1))
        work()
        collect(after(1))

        assert attempts(invoice) == [("cycle", "succeeded", "")]


class TestRefused:
    def test_a_hard_decline_waits_for_another_card(self, stripe, card, payer, invoice):
        other = an_owed_invoice(payer.customer_id, due_on=DUE + timedelta(days=1))
        stripe.vault.spoil(card, "stolen_card")

        collect(MORNING)
        collect(after(30))

        assert [*attempts(invoice), *attempts(other)] == [("cycle", "failed", "hard")]
        assert templates() == ["card_refused"]
        told = Entry.objects.filter(action="collection.failed").get().after
        assert (told["reason"], told["next_at"]) == ("stolen_card", None)

        assert templates() == ["card_refused"]
        stripe.keep_card(payer, at=after(30))
        work()

        for each in (invoice, other):
            assert attempts(each)[-1] == ("method_update", "succeeded", "")
        assert templates().count("card_recovered") == 1

    def test_a_new_card_has_the_whole_ladder_before_it(self, stripe, card, payer, invoice):
        stripe.vault.spoil(card, "insufficient_funds")
        collect(MORNING)
        second = stripe.vault.keep(payer.external_id)["id"]
        stripe.vault.spoil(second, "insufficient_funds")
        look_at_cards(payer_id=payer.id, at=after(1))
        work()

        assert [row[0] for row in attempts(invoice)] == ["cycle", "method_update"]
        assert Collection.objects.get().next_at.date() > after(1).date()

    def test_its_owner_confirms_on_the_providers_page(
        self, stripe, card, invoice, letters, tenant
    ):
        Host.objects.create(
            domain="testserver", tenant_id=tenant.id, base_url="http://testserver"
        )
        stripe.vault.spoil(card, "authentication_required")
        collect(MORNING)
        collect(after(30))
        assert attempts(invoice) == [("cycle", "failed", "owner")]

        link = next(
            word
            for letter in letters
            for word in letter.text.split()
            if "/confirmar-cartao/" in word
        )
        path = link[link.index("/confirmar-cartao/") :]
        work.clock.at, browser = MORNING, Client()
        assert browser.get(path[:-2] + "x/").status_code == 410
        assert browser.get(path).status_code == 200
        assert invoice.token in browser.post(path).headers["Location"]
        work()
        [page] = stripe.provider.sessions()
        assert page["customer"]
        stripe.provider.pay(page["id"])
        account = GatewayAccount.objects.get(kind="stripe")
        stripe.tell(account, "checkout.session.completed")
        work()

        assert billing.invoice(invoice.id).status == "paid"
        assert templates() == ["card_confirm", "card_recovered"]
        work.clock.at = after(7)
        assert browser.get(path).status_code == 410

    def test_a_client_tries_five_times_and_reads_why_on_the_page(self, stripe, card, invoice):
        stripe.vault.spoil(card, "insufficient_funds")
        for _ in range(5):
            begin_attempt(invoice_id=invoice.id, trigger=Trigger.CLIENT_RETRY, at=OPENED)
            work()

        with pytest.raises(TooManyTries):
            begin_attempt(invoice_id=invoice.id, trigger=Trigger.CLIENT_RETRY, at=OPENED)
        assert {row[1] for row in attempts(invoice)} == {"failed"}
        assert templates() == []
        assert Collection.objects.get().next_at == MORNING  # its day is still its day

    def test_a_wallet_is_filled_by_no_kept_card(self, payer, card):
        asked = {"customer_id": payer.customer_id, "amount": PRICE, "due_on": DUE}
        funds_id = ask_funds(**asked, at=OPENED)
        run_jobs()

        for trigger in (Trigger.CLIENT_RETRY, Trigger.ADMIN):
            with pytest.raises(NothingToCollect):
                begin_attempt(invoice_id=funds_id, trigger=trigger, at=OPENED)
        collect(MORNING)
        assert not Attempt.objects.exists()

    def test_a_part_that_was_paid_is_not_charged_again(self, stripe, card, invoice):
        stripe.vault.spoil(card, "insufficient_funds")
        collect(MORNING)
        told = by_hand(1000, received_at=MORNING)
        record_payment(invoice_id=invoice.id, told=told, at=after(1))
        stripe.vault.spoil(card, "")
        collect(after(2))

        assert [each["amount"] for each in stripe.charged()] == [
            PRICE.cents,
            PRICE.cents - 1000,
        ]
        assert billing.invoice(invoice.id).paid == PRICE


class TestAtOnce:
    """The press that confirms a change of plan pays it, too."""

    def confirm(self, subscription, price, card_id):
        preview = preview_change(
            subscription_id=subscription.id, price_id=price.id, at=work.clock.at
        )
        sent = {"price": price.id, "expected_cents": preview.net_cents, "cartao": card_id}
        request = RequestFactory().post("/", sent)
        request._messages = CookieStorage(request)
        desk = Desk("client", "/mudar/", "/", [], lambda invoice_id: f"/{invoice_id}/")
        at_hand = card_at_hand(subscription.customer_id, work.clock.at)
        card = cards.subscription(subscription.id)
        return preview, change(replace(desk, card=at_hand), request, card)["Location"]

    @pytest.mark.parametrize("asks_its_owner", [False, True])
    def test_a_change_is_in_force_as_soon_as_the_card_paid_it(
        self, stripe, account, asks_its_owner
    ):
        subscription = a_subscription(paid_at=work.clock.at - timedelta(days=9))
        payer = stripe.known(subscription.customer_id, account)
        name = stripe.keep_card(payer, at=OPENED)
        run_jobs()
        if asks_its_owner:
            stripe.vault.spoil(name, "authentication_required")
        before, price = subscription.price_id, a_price(amount_cents=99900)

        preview, url = self.confirm(subscription, price, Card.objects.get().id)
        work()

        invoice_id = open_change(subscription.id)
        [intent] = stripe.charged()
        assert intent["amount"] == preview.due_now.cents
        assert url.endswith("?forma=card")
        subscription.refresh_from_db()
        assert subscription.price_id == (before if asks_its_owner else price.id)
        assert (invoice_id is not None) == asks_its_owner

    def test_another_card_than_the_button_named_is_not_charged(self, stripe, account):
        subscription = a_subscription(paid_at=work.clock.at - timedelta(days=9))
        stripe.keep_card(stripe.known(subscription.customer_id, account), at=OPENED)

        _, url = self.confirm(subscription, a_price(amount_cents=99900), uuid4())
        work()

        assert not url.endswith("?forma=card")
        assert stripe.charged() == []
