"""An answer is given once; what a lost answer did is looked for; deadlines are told each time once."""

from datetime import timedelta

import pytest

from alicerce.apps.billing.errors import NotRefundable
from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.tests.factories import NOON, an_invoice
from alicerce.apps.disputes.errors import DisputeAnswered, DisputeNotAnswerable, NothingToSay
from alicerce.apps.disputes.models import Answer, Dispute, Hold
from alicerce.apps.disputes.queries.disputes import dispute as view_of
from alicerce.apps.disputes.queries.evidence import pack_of
from alicerce.apps.disputes.services.answer_dispute import (
    accept_dispute,
    save_draft,
    submit_evidence,
)
from alicerce.apps.disputes.services.follow_dispute import follow_dispute
from alicerce.apps.disputes.services.hold_services import choose_policy
from alicerce.apps.disputes.services.read_disputes import read_of_payment, read_round
from alicerce.apps.disputes.services.remind import remind_due
from alicerce.apps.disputes.services.send_answer import send_answer
from alicerce.apps.disputes.tests.factories import (
    DUE,
    a_card_account,
    a_card_payment,
    a_dispute,
    asks_for,
    told,
)
from alicerce.apps.disputes.types import DisputeStatus as S
from alicerce.apps.disputes.types import ServicePolicy
from alicerce.apps.dunning.tests.factories import a_renewal, after, live_through
from alicerce.apps.notify.models import Message
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.subscriptions.types import Scope, SuspendCause
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.http import Refusal, Unknown
from alicerce.kernel.testing import run_jobs

SAID = {"product_description": "Hospedagem", "customer_name": "Maria", "nada": "x"}


@pytest.fixture
def dispute(tenant, desk):
    found = a_dispute()
    desk.known[found.external_id] = told()
    return found


class TestSubmitEvidence:
    def test_sends_the_draft_once(self, dispute, desk):
        save_draft(dispute_id=dispute.id, texts=SAID, at=NOON)
        submit_evidence(dispute_id=dispute.id, at=NOON)
        run_jobs()

        assert desk.submitted == [
            {"product_description": "Hospedagem", "customer_name": "Maria"}
        ]
        assert Answer.objects.get().state == "done"
        assert Dispute.objects.get().status == "under_review"
        with pytest.raises(DisputeAnswered):
            submit_evidence(dispute_id=dispute.id, at=NOON)
        with pytest.raises(DisputeAnswered):
            accept_dispute(dispute_id=dispute.id, at=NOON)

    @pytest.mark.parametrize("deed", ["submit", "accept"])
    def test_a_lost_answer_is_looked_for_and_not_told_again(self, dispute, desk, deed):
        """The provider has it, and its answer never came."""
        save_draft(dispute_id=dispute.id, texts=SAID, at=NOON)
        begin = submit_evidence if deed == "submit" else accept_dispute
        answer_id = begin(dispute_id=dispute.id, at=NOON)
        desk.lost.append(Unknown("timeout"))

        with pytest.raises(Unknown):
            send_answer(answer_id=answer_id, at=NOON)
        assert Answer.objects.get().state == "unknown"
        send_answer(answer_id=answer_id, at=NOON)

        assert len(desk.submitted) + desk.accepted == 1
        assert Answer.objects.get().state == "done"
        assert Dispute.objects.get().status == (
            "under_review" if deed == "submit" else "accepted"
        )

    def test_what_never_arrived_is_told_again(self, dispute, desk):
        save_draft(dispute_id=dispute.id, texts=SAID, at=NOON)
        answer_id = submit_evidence(dispute_id=dispute.id, at=NOON)
        desk.trouble.append(Unknown("reset"))

        with pytest.raises(Unknown):
            send_answer(answer_id=answer_id, at=NOON)
        send_answer(answer_id=answer_id, at=NOON)

        assert len(desk.submitted) == 1

    def test_one_that_is_refused_leaves_room_for_another(self, dispute, desk):
        save_draft(dispute_id=dispute.id, texts=SAID, at=NOON)
        answer_id = submit_evidence(dispute_id=dispute.id, at=NOON)
        desk.trouble.append(Refusal("too long"))
        send_answer(answer_id=answer_id, at=NOON)

        assert view_of(dispute.id).refused == "too long"
        accept_dispute(dispute_id=dispute.id, at=NOON)

    def test_needs_something_to_say_and_time_to_say_it(self, dispute):
        with pytest.raises(NothingToSay):
            submit_evidence(dispute_id=dispute.id, at=NOON)
        with pytest.raises(DisputeNotAnswerable):
            save_draft(dispute_id=dispute.id, texts=SAID, at=DUE)


class TestAcceptDispute:
    @pytest.mark.parametrize("first", ["answer", "news"])
    def test_is_accepted_whoever_brings_the_news(self, dispute, desk, first):
        answer_id = accept_dispute(dispute_id=dispute.id, at=NOON)
        if first == "news":
            desk.trouble.append(Unknown("timeout"))
            with pytest.raises(Unknown):
                send_answer(answer_id=answer_id, at=NOON)
            account_id = Dispute.objects.get().account_id
            follow_dispute(account_id=account_id, told=told(S.LOST), at=NOON)
        else:
            send_answer(answer_id=answer_id, at=NOON)

        assert Dispute.objects.get().status == "accepted"
        assert Invoice.objects.get().status == "charged_back"


class TestMoney:
    def test_what_is_disputed_cannot_be_given_back(self, dispute):
        with pytest.raises(NotRefundable):
            begin_refund(payment_id=dispute.payment_id, cents=1, reason="", at=NOON)
        follow_dispute(account_id=dispute.account_id, told=told(S.WON), at=NOON)
        begin_refund(payment_id=dispute.payment_id, cents=1, reason="", at=NOON)

    def test_a_refund_under_way_and_the_dispute_stay_within_the_payment(self, tenant, desk):
        account = a_card_account()
        paid = a_card_payment(account, an_invoice())
        begin_refund(payment_id=paid.id, cents=1000, reason="", at=NOON)
        follow_dispute(account_id=account.id, told=told(), at=NOON)

        with pytest.raises(NotRefundable):
            begin_refund(payment_id=paid.id, cents=1, reason="", at=NOON)
        assert Invoice.objects.get().disputed_cents == 3990


class TestReading:
    def test_the_round_finds_what_no_notice_told(self, tenant, desk):
        account = a_card_account()
        desk.known["du_1"] = told(S.LOST)

        assert read_round(account_id=account.id, since=NOON, at=NOON) == 1
        assert Dispute.objects.get().payment_id is None
        paid = a_card_payment(account, an_invoice())
        assert read_of_payment(payment_id=paid.id, at=NOON)
        assert Invoice.objects.get().status == "charged_back"

    def test_an_open_one_is_asked_about_again(self, dispute, desk):
        desk.known["du_1"] = told(S.WON)
        account_id, later = dispute.account_id, NOON + timedelta(hours=1)

        assert read_round(account_id=account_id, since=NOON, at=later) == 1
        assert read_round(account_id=account_id, since=NOON, at=later) == 0
        desk.trouble.append(Unknown("timeout"))
        assert read_round(account_id=account_id, since=NOON, at=later) == 0


class TestReminders:
    def test_each_person_who_may_answer_reads_each_once(self, tenant, desk):
        for role in ("finance", "read_only"):
            a_member(tenant, a_person(f"{role}@padaria.example"), role)
        a_dispute()
        run_jobs()
        for hours in range(0, 9 * 24, 3):
            at = NOON + timedelta(hours=hours)
            remind_due(at=at)
            remind_due(at=at)

        sent = Message.objects.filter(template__startswith="dispute_").order_by("queued_at")
        assert [row.template for row in sent] == [
            "dispute_opened",
            "dispute_due",
            "dispute_due",
        ]
        assert {row.to for row in sent} == {"finance@padaria.example"}
        assert [DUE - row.queued_at for row in sent][1:] == [
            timedelta(days=3),
            timedelta(days=1),
        ]

    @pytest.mark.parametrize(
        ("ends", "told_of"),
        [
            (S.WON, ["dispute_won"]),
            (S.LOST, ["dispute_lost"]),
        ],
    )
    def test_tell_once_how_it_ended(self, tenant, desk, ends, told_of):
        a_member(tenant, a_person("f@padaria.example"), "finance")
        dispute = a_dispute()
        run_jobs()
        for _ in range(2):
            follow_dispute(account_id=dispute.account_id, told=told(ends), at=NOON)
            run_jobs()

        sent = Message.objects.filter(template__startswith="dispute_").order_by("queued_at")
        assert [row.template for row in sent][1:] == told_of

    def test_after_an_outage_only_the_last_one(self, tenant, desk):
        a_member(tenant, a_person("f@padaria.example"), "finance")
        a_dispute()
        remind_due(at=DUE - timedelta(hours=3))
        remind_due(at=DUE)

        assert Message.objects.filter(template="dispute_due").count() == 1


class TestServices:
    @pytest.fixture
    def card(self, tenant, desk):
        """An account, and a subscription whose month was paid through it."""
        subscription = a_subscription()
        invoice = an_invoice(customer_id=subscription.customer_id)
        asks_for(invoice, subscription)
        account = a_card_account()
        a_card_payment(account, invoice)
        return account, subscription

    def follow(self, account, *statuses):
        for status in statuses:
            follow_dispute(account_id=account.id, told=told(status), at=NOON)
            run_jobs()
        return Subscription.objects.get()

    def test_go_on_unless_the_company_wants_them_stopped(self, card):
        assert self.follow(card[0], S.NEEDS_RESPONSE).status == "active"

    def test_stop_and_go_on_when_it_is_won(self, card):
        choose_policy(wanted=ServicePolicy.SUSPEND, at=NOON)

        stopped = self.follow(card[0], S.NEEDS_RESPONSE)
        assert (stopped.status, stopped.suspend_cause) == ("suspended", "dispute")
        assert self.follow(card[0], S.UNDER_REVIEW, S.WON).status == "active"

    def test_stay_stopped_when_it_is_lost(self, card):
        choose_policy(wanted=ServicePolicy.SUSPEND, at=NOON)

        assert self.follow(card[0], S.NEEDS_RESPONSE, S.LOST).status == "suspended"

    def test_what_others_suspended_is_not_let_go(self, card):
        choose_policy(wanted=ServicePolicy.SUSPEND, at=NOON)
        subscriptions.suspend(
            subscription_id=card[1].id, scope=Scope.ALL, cause=SuspendCause.STAFF, at=NOON
        )

        assert self.follow(card[0], S.NEEDS_RESPONSE, S.WON).suspend_cause == "staff"
        assert not Hold.objects.exists()

    def test_what_is_unpaid_as_well_goes_over_to_that_cause(self, card):
        """Nobody's services go on because of a won dispute while another invoice keeps them stopped."""
        choose_policy(wanted=ServicePolicy.SUSPEND, at=NOON)
        self.follow(card[0], S.NEEDS_RESPONSE)
        a_renewal(card[1])
        live_through(after(9))

        assert Subscription.objects.get().suspend_cause == "dispute"
        assert self.follow(card[0], S.WON).suspend_cause == "unpaid"

    def test_news_of_the_end_before_the_opening_stops_nothing(self, card):
        choose_policy(wanted=ServicePolicy.SUSPEND, at=NOON)
        follow_dispute(account_id=card[0].id, told=told(), at=NOON)
        follow_dispute(account_id=card[0].id, told=told(S.WON), at=NOON)
        run_jobs()

        assert Subscription.objects.get().status == "active"


def test_the_pack_is_made_of_what_is_known(dispute):
    card = a_subscription()
    asks_for(Invoice.objects.get(pk=view_of(dispute.id).invoice_id), card)
    stop = {"scope": Scope.ALL, "cause": SuspendCause.STAFF}
    subscriptions.suspend(subscription_id=card.id, **stop, at=NOON)

    pack = pack_of(view_of(dispute.id), reads_trail=True)

    assert "@" in pack["customer_email_address"]
    assert "Hospedagem" in pack["product_description"]
    assert "customer_purchase_ip" not in pack
    assert "Assinatura suspensa" in pack["access_activity_log"]
    assert "subscription." not in pack["access_activity_log"]
