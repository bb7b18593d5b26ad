"""In whichever order, however often and from wherever a dispute is heard of: the same rows, the same books."""

from itertools import permutations

import pytest

from alicerce.apps.billing.models import Contest, Invoice, Payment, Wallet
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import NOON, PRICE, a_payment, an_invoice
from alicerce.apps.disputes.models import Dispute
from alicerce.apps.disputes.rules.course import RANKS
from alicerce.apps.disputes.services.follow_dispute import follow_dispute
from alicerce.apps.disputes.tests.factories import (
    BACK,
    FEE,
    INTENT,
    TAKEN,
    a_card_account,
    a_card_payment,
    told,
)
from alicerce.apps.disputes.types import DisputeStatus as S
from alicerce.apps.ledger.models import LedgerEntry, LedgerTransaction
from alicerce.apps.ledger.public import ledger_balance
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money

WON = [
    told(S.NEEDS_RESPONSE),
    told(S.UNDER_REVIEW, submissions=1),
    told(S.WON, submissions=1),
    told(S.WON, submissions=1, moves=(TAKEN, BACK)),
]
LOST = [told(S.EARLY_WARNING, moves=()), *WON[:2], told(S.LOST, submissions=1)]
STORIES = {"won": WON, "lost": LOST}
KEEP = (
    "id",
    "payment_id",
    "invoice_id",
    "customer_id",
    "account_id",
    "tenant_id",
    "created_at",
)


def row(found):
    """A row without the names that differ from one try to the next."""
    return {
        field.attname: getattr(found, field.attname)
        for field in found._meta.concrete_fields
        if field.attname not in KEEP
    }


def books():
    """Every posting of the dispute: what, which accounts, how much."""
    contest = str(Contest.objects.get().id)
    sides = LedgerEntry.objects.filter(transaction__kind__startswith="contest.")
    return sorted(
        (side.transaction.correlation_key.replace(contest, ""), side.account, side.amount_cents)
        for side in sides.select_related("transaction")
    )


def outcome():
    invoice = Invoice.objects.get()
    amounts = (invoice.status, invoice.disputed_cents, invoice.charged_back_cents)
    return row(Dispute.objects.get()), row(Contest.objects.get()), books(), amounts


class Undone(Exception):
    """The end of one try: whatever it wrote is taken back."""


def live_through(account, story, *, pay_at):
    """One of the news twice, the payment before it, and once more what the provider says at last."""
    invoice = an_invoice()
    for place, news in enumerate([*story, None]):
        if place == pay_at:
            a_card_payment(account, invoice)
        for _again in range((1 + (place == pay_at)) if news else 0):
            follow_dispute(account_id=account.id, told=news, at=NOON)
    last = max(story, key=lambda news: (RANKS[news.status], len(news.moves)))
    follow_dispute(account_id=account.id, told=last, at=NOON)


def end_of(account, story, *, pay_at):
    """What such a story leaves; and the database as it was before."""
    kept = []

    def try_it():
        with transaction():
            live_through(account, story, pay_at=pay_at)
            kept.append(outcome())
            raise Undone

    with pytest.raises(Undone):
        try_it()
    return kept[0]


@pytest.mark.parametrize("name", STORIES)
def test_every_order_of_the_news_ends_the_same(tenant, name):
    """All of them, each with one told twice, the payment first, between and last."""
    account, story = a_card_account(), STORIES[name]
    wanted = end_of(account, story, pay_at=0)
    for number, order in enumerate(permutations(story)):
        assert end_of(account, order, pay_at=number % (len(order) + 1)) == wanted, order


class TestBooks:
    def test_of_a_dispute_that_is_won(self, tenant):
        account = a_card_account()
        a_card_payment(account, an_invoice())
        for news in WON:
            follow_dispute(account_id=account.id, told=news, at=NOON)

        assert ledger_balance("dispute_reserve") == (Money(0),)
        assert ledger_balance("fees:stripe") == (FEE,)
        assert ledger_balance("clearing:stripe") == (PRICE - FEE,)
        assert Invoice.objects.get().status == "paid"

    def test_of_a_dispute_that_is_lost(self, tenant):
        account = a_card_account()
        a_card_payment(account, an_invoice())
        for news in LOST:
            follow_dispute(account_id=account.id, told=news, at=NOON)

        assert ledger_balance("dispute_reserve") == (Money(0),)
        assert ledger_balance("dispute_losses") == (PRICE,)
        assert ledger_balance("clearing:stripe") == (-FEE,)
        assert Invoice.objects.get().status == "charged_back"

    def test_won_after_it_was_lost(self, tenant):
        account = a_card_account()
        a_card_payment(account, an_invoice())
        follow_dispute(account_id=account.id, told=LOST[-1], at=NOON)
        follow_dispute(account_id=account.id, told=WON[-1], at=NOON)

        assert ledger_balance("dispute_losses") == (Money(0),)
        assert ledger_balance("dispute_reserve") == (Money(0),)
        assert Invoice.objects.get().status == "paid"

    @pytest.mark.parametrize(("end", "left"), [(S.WON, 5000), (S.LOST, 10)])
    def test_credit_that_came_with_it_is_frozen(self, tenant, end, left):
        """A payment that fitted nothing became credit, ten cents more than its dispute is of."""
        account, invoice = a_card_account(), an_invoice()
        paid = a_payment(
            invoice.id, provider="stripe", reference=INTENT, amount=Money(PRICE.cents + 10)
        )
        book_payment(account_id=account.id, paid=paid, at=NOON)
        follow_dispute(account_id=account.id, told=told(), at=NOON)
        assert Wallet.objects.get().balance == Money(10)

        follow_dispute(account_id=account.id, told=told(end), at=NOON)

        assert Wallet.objects.get().balance == Money(left)
        assert ledger_balance("contested") == (Money(0),)
        assert Invoice.objects.get().status == "open"

    def test_an_early_warning_takes_and_freezes_nothing(self, tenant):
        account = a_card_account()
        a_card_payment(account, an_invoice())
        follow_dispute(account_id=account.id, told=told(S.EARLY_WARNING, moves=()), at=NOON)

        assert not Contest.objects.exists()
        assert Invoice.objects.get().status == "paid"
        assert LedgerTransaction.objects.filter(kind__startswith="contest.").count() == 0
        assert Payment.objects.count() == 1
