"""Many at once, on connections of their own and data that is really there: one answer, one freeze."""

import pytest

from alicerce.apps.billing.errors import NotRefundable
from alicerce.apps.billing.models import Refund
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.tests.factories import NOON, PRICE, an_invoice
from alicerce.apps.billing.tests.test_races import company, crowd, looking
from alicerce.apps.disputes.errors import DisputeAnswered
from alicerce.apps.disputes.models import Answer, Dispute
from alicerce.apps.disputes.services.answer_dispute import (
    accept_dispute,
    save_draft,
    submit_evidence,
)
from alicerce.apps.disputes.services.follow_dispute import follow_dispute
from alicerce.apps.disputes.tests.factories import (
    a_card_account,
    a_card_payment,
    a_dispute,
    told,
)
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.kernel.db import transaction

__all__ = ["company"]
TIMES = 16
WORDS = {"product_description": "Hospedagem"}


@transaction()
def a_contested_payment():
    return a_dispute().id


@transaction()
def a_payment_by_card():
    account = a_card_account()
    return account.id, a_card_payment(account, an_invoice()).id


def test_evidence_and_giving_in_at_once_are_one_answer(company):
    dispute_id = a_contested_payment()
    save_draft(dispute_id=dispute_id, texts=WORDS, at=NOON)

    def answer(turn):
        try:
            deed = accept_dispute if turn % 2 else submit_evidence
            return deed(dispute_id=dispute_id, at=NOON)
        except DisputeAnswered:
            return None

    said = [one for one in crowd(company, answer, times=TIMES) if one]

    assert said == looking(lambda: list(Answer.objects.values_list("id", flat=True)))
    assert len(said) == 1


def test_a_claim_and_refunds_at_once_never_take_more_than_came(company):
    """Whoever is first has the money; a claim that comes second stands, and nothing more goes back."""
    account_id, payment_id = a_payment_by_card()

    def act(turn):
        if turn % 3 == 0:
            follow_dispute(account_id=account_id, told=told(), at=NOON)
            return 0
        try:
            begin_refund(payment_id=payment_id, cents=1000, reason="x", at=NOON)
        except NotRefundable:
            return 0
        return 1000

    given = sum(crowd(company, act, times=TIMES))

    with transaction():
        assert Dispute.objects.count() == 1
        assert sum(Refund.objects.values_list("amount_cents", flat=True)) == given
    assert given <= PRICE.cents
    assert looking(ledger_imbalance) == 0
    with pytest.raises(NotRefundable):
        begin_refund(payment_id=payment_id, cents=1, reason="x", at=NOON)
