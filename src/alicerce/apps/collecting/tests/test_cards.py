"""Cards come to be kept, change and go as their provider says when it is asked."""

from datetime import date, timedelta

import pytest

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Charge
from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.billing.types.cards import CardUse
from alicerce.apps.collecting.errors import CardsNotOffered, NoCardToCharge
from alicerce.apps.collecting.models import Card, Collection, Payer, Visit
from alicerce.apps.collecting.queries.cards import cards_of
from alicerce.apps.collecting.queries.foretelling import foretold
from alicerce.apps.collecting.services.begin_attempt import begin_attempt
from alicerce.apps.collecting.services.choose import choose_default, ready_again
from alicerce.apps.collecting.services.give_up import give_up_payers
from alicerce.apps.collecting.services.keep_cards import (
    look_at_cards,
    remove_card,
    take_over,
)
from alicerce.apps.collecting.services.visit import ask_visit, look_again
from alicerce.apps.collecting.services.write_letters import warn_of_expiring
from alicerce.apps.collecting.tests.factories import OPENED, an_owed_invoice
from alicerce.apps.collecting.types import Trigger, VisitKind
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.notify.models import Message
from alicerce.kernel.testing import run_jobs

pytestmark = [pytest.mark.usefixtures("tenant", "clock")]
BACK = "https://padaria.example/area-do-cliente/cartoes/volta/"


@pytest.fixture
def account(stripe):
    return stripe.connect(at=OPENED)


@pytest.fixture
def payer(stripe, account):
    return stripe.known(a_customer().id, account)


def work():
    run_jobs(include_delayed=True)


def saved(published):
    return [fact for fact in published if fact.name == "payment_method.saved"]


def ask(customer, kind=VisitKind.KEEP_CARD):
    visit_id = ask_visit(customer_id=customer.id, kind=kind, return_url=BACK, at=OPENED)
    work()
    return Visit.objects.get(pk=visit_id)


class TestKeeping:
    def test_begins_with_the_first_order_if_its_buyer_agrees(self, stripe, account, published):
        kept, other = an_invoice(), an_invoice()
        for invoice, card in ((kept, CardUse(keeps=True)), (other, CardUse())):
            billing.begin_charge(
                invoice_id=invoice.id,
                method=PaymentMethod.CARD,
                return_url=BACK,
                at=OPENED,
                card=card,
            )
        work()
        for charge in Charge.objects.order_by("id"):
            stripe.provider.pay(charge.external_id)
            stripe.tell(account, "checkout.session.completed")
        work()

        [fact] = saved(published)
        [card] = cards_of(kept.customer_id)
        assert (fact.customer_id, fact.brand, fact.last4) == (kept.customer_id, "visa", "4242")
        assert (card.brand, card.last4, card.is_default) == ("visa", "4242", True)
        assert cards_of(other.customer_id) == ()

    @pytest.mark.parametrize("is_told", [True, False])
    def test_on_the_providers_page_is_learned_with_or_without_a_notice(
        self, stripe, account, published, is_told
    ):
        customer = a_customer()
        visit = ask(customer)
        assert visit.status == "open"
        [page] = stripe.provider.sessions()
        assert visit.url == page["url"]
        stripe.provider.pay(page["id"], number="5555555555554444")

        if is_told:
            kinds = ("checkout.session.completed", "payment_method.attached")
            stripe.tell(account, *kinds, kinds[0])
        else:
            look_again(customer_id=customer.id, at=OPENED)
        work()

        assert [card.last4 for card in cards_of(customer.id)] == ["4444"]
        assert len(saved(published)) == 1

    def test_asks_for_one_payer_and_one_page_however_often_the_answer_is_lost(
        self, stripe, account
    ):
        for call in ("create_customer", "create_session"):
            stripe.faults.arm("execute_then_drop", match=f"stripe.{call}")
        visit_id = ask_visit(
            customer_id=a_customer().id,
            kind=VisitKind.KEEP_CARD,
            return_url=BACK,
            at=OPENED,
        )

        run_jobs(include_delayed=True, raise_failures=False)

        assert Visit.objects.get(pk=visit_id).status == "open"
        assert Payer.objects.count() == 1
        assert len(stripe.provider.ledger.all("customer")) == 1
        assert len(stripe.provider.sessions()) == 1

    def test_is_not_offered_where_nobody_keeps_cards(self, stripe):
        with pytest.raises(CardsNotOffered):
            ask(a_customer())

    def test_shows_the_way_to_the_portal_to_whom_it_knows(self, stripe, payer):
        visit = ask(payer.customer, VisitKind.PORTAL)

        assert payer.external_id in visit.url
        with pytest.raises(CardsNotOffered):
            ask(a_customer(email="outra@example.com"), VisitKind.PORTAL)


class TestChanges:
    def test_the_newest_is_charged_until_another_is_chosen_or_it_goes(self, stripe, payer):
        for number in ("4242424242424242", "5555555555554444"):
            stripe.keep_card(payer, number)
        newest, first = cards_of(payer.customer_id)
        assert (newest.last4, newest.is_default) == ("4444", True)

        choose_default(card_id=first.id, customer_id=payer.customer_id, at=OPENED)
        assert cards_of(payer.customer_id)[0].id == first.id
        for _ in range(2):
            remove_card(card_id=first.id, customer_id=payer.customer_id, at=OPENED)
        work()

        assert [card.id for card in cards_of(payer.customer_id)] == [newest.id]
        assert len(stripe.vault.cards(payer.external_id)) == 1
        look_at_cards(payer_id=payer.id, at=OPENED)
        assert len(cards_of(payer.customer_id)) == 1

    def test_an_older_answer_undoes_nothing_of_a_newer_one(self, stripe, payer):
        stripe.keep_card(payer, at=OPENED)

        take_over(payer_id=payer.id, told=[], at=OPENED - timedelta(seconds=1))
        assert len(cards_of(payer.customer_id)) == 1
        take_over(payer_id=payer.id, told=[], at=OPENED + timedelta(seconds=1))
        assert cards_of(payer.customer_id) == ()

    def test_a_reissued_card_may_do_again(self, stripe, account, payer):
        name = stripe.keep_card(payer)
        Card.objects.get().refuse("expired_card")
        stripe.vault.reissue(name, month=2, year=2031)

        stripe.tell(account, "payment_method.automatically_updated")
        work()

        card = Card.objects.get()
        assert (card.expires_on, card.refused) == (date(2031, 2, 28), "")

    def test_what_was_detached_at_the_provider_is_gone(self, stripe, account, payer, published):
        stripe.vault.detach(stripe.keep_card(payer))

        stripe.tell(account, "payment_method.detached")
        work()

        assert cards_of(payer.customer_id) == ()
        assert [fact.name for fact in published].count("payment_method.removed") == 1

    def test_their_owner_is_written_to_once_before_a_card_ends(self, stripe, payer, clock):
        name = stripe.keep_card(payer)
        Card.objects.update(expires_on=date(2026, 12, 31))
        for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 9)):
            at = OPENED.replace(month=day.month, day=day.day)
            warn_of_expiring(at=at)
            sent = Message.objects.filter(template="card_expiring").count()
            assert sent == (day >= date(2026, 12, 1))

        stripe.vault.reissue(name, month=1, year=2027)
        look_at_cards(payer_id=payer.id, at=OPENED)
        warn_of_expiring(at=OPENED.replace(year=2027, month=1, day=2))
        assert Message.objects.filter(template="card_expiring").count() == 2


class TestAccount:
    def test_that_charges_no_more_leaves_its_cards_waiting(self, stripe, account, payer):
        stripe.keep_card(payer)
        owed = billing.invoice(an_owed_invoice(payer.customer_id).id)
        assert owed.id in foretold([owed], at=OPENED)
        account.switch(enabled=False)
        (card,) = cards_of(payer.customer_id)
        assert card.is_idle
        assert foretold([owed], at=OPENED) == {}
        for named in (None, card.id):
            with pytest.raises(NoCardToCharge):
                begin_attempt(
                    invoice_id=owed.id, trigger=Trigger.CLIENT_RETRY, at=OPENED, card_id=named
                )
        Collection.objects.filter(invoice_id=owed.id).update(next_at=None)
        account.switch(enabled=True)
        ready_again(account_id=account.id, at=OPENED)
        run_jobs()
        assert Collection.objects.get(invoice_id=owed.id).next_at


class TestGivingUp:
    """Whoever is erased here is erased there: a competitor kept charging a card of nobody."""

    def test_has_the_provider_forget_them_and_their_cards(self, stripe, payer, published):
        stripe.keep_card(payer)
        published.clear()

        for _ in range(2):
            give_up_payers(customer_ids=[payer.customer_id], at=OPENED)
            work()

        assert stripe.provider.ledger.get("customer", payer.external_id)["deleted"]
        assert not cards_of(payer.customer_id)
        assert [fact.name for fact in published] == ["payment_method.payer_unwanted"]

    def test_is_done_again_until_the_provider_answered(self, stripe, payer):
        stripe.faults.arm("execute_then_drop", match="stripe.delete_customer", times=1)
        give_up_payers(customer_ids=[payer.customer_id], at=OPENED)

        run_jobs(include_delayed=True, raise_failures=False)

        assert stripe.provider.ledger.get("customer", payer.external_id)["deleted"]

    def test_what_the_provider_tells_afterwards_is_nobodys(self, stripe, account, payer):
        stripe.keep_card(payer)
        give_up_payers(customer_ids=[payer.customer_id], at=OPENED)
        work()

        stripe.tell(account, "payment_method.detached")
        work()  # a job that failed would raise

        assert not cards_of(payer.customer_id)
