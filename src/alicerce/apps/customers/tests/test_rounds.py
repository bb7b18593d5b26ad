"""Many customers invited in one deed: who is left out, some a day, at decent hours, each once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from alicerce.apps.customers import jobs
from alicerce.apps.customers.errors import NobodyToInvite, RoundRunning
from alicerce.apps.customers.events import RoundStepDue
from alicerce.apps.customers.models import Invitation
from alicerce.apps.customers.queries.rounds import outlook, round_card, rounds_due
from alicerce.apps.customers.services import invite_many as rounds
from alicerce.apps.customers.services.give_access import invite_person
from alicerce.apps.customers.tests.factories import a_customer, a_customer_user, a_person
from alicerce.apps.customers.types import CustomerRole, Exchange, Wanted
from alicerce.apps.customers.types.rounds import LeftOut
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7
from alicerce.kernel.testing import queued_jobs

# A Tuesday, 9:00 where the company is; the shipped ladder writes from 8 to 20.
MORNING = datetime(2026, 9, 1, 12, tzinfo=UTC)
NIGHT = datetime(2026, 9, 2, 2, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 9, 2, 11, tzinfo=UTC)
ALL = Wanted()


@pytest.fixture
def ana(tenant):
    return a_person("ana@padaria.example")


def begin(ana, *, a_day=200, wanted=ALL, at=MORNING):
    return rounds.start_round(wanted=wanted, a_day=a_day, user_id=ana.id, at=at)


def written(round_id):
    return Invitation.objects.filter(round_id=round_id).count()


def step(round_id, part, at=MORNING):
    rounds.take_round_step(round_id=round_id, part=part, at=at)


class TestInviteMany:
    def test_leaves_out_and_counts_who_needs_no_letter(self, ana):
        brought = uuid7()
        first = a_customer(email="rosa@x.example", brought_by=brought)
        a_customer(email="rosa@x.example", brought_by=brought)
        a_customer(email="", brought_by=brought)
        a_customer(status="closed", brought_by=brought)
        a_customer_user(a_customer(brought_by=brought), a_person("dono@x.example"))
        asked = a_customer(brought_by=brought)
        a_customer()  # came by no file
        invite_person(
            customer_id=asked.id, email=asked.email, role=CustomerRole.OWNER, at=MORNING
        )
        wanted = Wanted(brought_by=brought)
        expected = {LeftOut(reason): 1 for reason in LeftOut}

        seen = outlook(wanted, at=MORNING)
        assert (seen.invited, dict(seen.left_out)) == (1, expected)

        round_id = begin(ana, wanted=wanted)
        step(round_id, 0)
        done = round_card(round_id)
        assert (done.state, done.invited, dict(done.left_out)) == (Exchange.DONE, 1, expected)
        assert Invitation.objects.get(round_id=round_id).role == CustomerRole.OWNER
        with pytest.raises(NobodyToInvite):
            begin(ana, wanted=Wanted(status="blocked"))
        with pytest.raises(IntegrityError), transaction():  # the database itself refuses
            Invitation.objects.create(
                customer=first,
                email="rosa@x.example",
                role=CustomerRole.OWNER,
                round_id=round_id,
                revoked_at=MORNING,
                token_hash="0" * 64,
                expires_at=MORNING,
            )

    def test_writes_each_once_however_often_a_step_runs_or_dies(self, ana, monkeypatch):
        monkeypatch.setattr(rounds, "STEP", 2)
        for _ in range(5):
            a_customer()
        round_id = begin(ana)
        with pytest.raises(RoundRunning):
            begin(ana)

        offer, calls = rounds.offer, iter([1, 0])

        def dies(**given):
            if not next(calls):
                raise KeyboardInterrupt  # as when the worker is killed amid a step
            offer(**given)

        monkeypatch.setattr(rounds, "offer", dies)
        with pytest.raises(KeyboardInterrupt), transaction():
            step(round_id, 0)
        assert written(round_id) == 0
        monkeypatch.setattr(rounds, "offer", offer)

        counts = []
        for part in (0, 0, 1, 0, 1, 2, 2):
            step(round_id, part)
            counts.append(written(round_id))
        assert counts == [2, 2, 4, 4, 4, 5, 5]
        done = round_card(round_id)
        assert (done.state, done.invited, done.expected) == (Exchange.DONE, 5, 5)

    def test_waits_for_the_day_and_the_hours_of_the_ladder(self, ana, tenant):
        for _ in range(4):
            a_customer()
        round_id = begin(ana, a_day=3)
        step(round_id, 0)
        step(round_id, 1)
        waiting = round_card(round_id)
        assert (waiting.invited, waiting.due_at) == (3, NEXT_MORNING)

        step(round_id, 1, at=NIGHT)  # asked too early, by whoever
        assert written(round_id) == 3
        with acting(tenant_id=None):
            assert rounds_due(NIGHT) == []
            assert rounds_due(NEXT_MORNING) == [(tenant.id, round_id, 1)]

        assert rounds.stop_round(round_id=round_id, at=NIGHT)
        assert not rounds.stop_round(round_id=round_id, at=NIGHT)
        again = begin(ana, a_day=3, at=MORNING + timedelta(hours=1))
        step(again, 0, at=MORNING + timedelta(hours=1))
        assert written(again) == 0  # one that begins anew has no second share of the day
        step(again, 0, at=NEXT_MORNING)  # three that have a letter
        step(again, 1, at=NEXT_MORNING)
        assert round_card(again).state == Exchange.DONE
        assert written(again) == 1

    def test_goes_on_by_the_clock_and_fails_when_its_job_dies_for_good(self, ana):
        a_customer()
        round_id = begin(ana, at=NIGHT)
        step(round_id, 0, at=NIGHT)
        before = len(queued_jobs())
        with acting(tenant_id=None):
            jobs.find_due_rounds()
        assert len(queued_jobs()) == before + 1
        due = RoundStepDue(at=NIGHT, round_id=round_id, part=0)
        jobs.give_up_round(due, "defeito")
        assert round_card(round_id).state == Exchange.FAILED
