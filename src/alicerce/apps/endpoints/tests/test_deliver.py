"""Every event reaches its endpoint, signed, at least once, and knows when to give up."""

from datetime import datetime, timedelta

import pytest
from standardwebhooks import Webhook

from alicerce.apps.audit.models import Entry
from alicerce.apps.endpoints.models import Attempt, Delivery, Endpoint
from alicerce.apps.endpoints.queries import views as queries
from alicerce.apps.endpoints.services import deliver as delivering
from alicerce.apps.endpoints.services import replay
from alicerce.apps.endpoints.services.deliver import claim, deliver_due, send_all
from alicerce.apps.endpoints.services.manage_endpoint import create_endpoint, rotate_secret
from alicerce.apps.endpoints.services.record_outcome import record_outcome
from alicerce.apps.endpoints.services.replay import replay_delivery, replay_failed, send_test
from alicerce.apps.endpoints.tests.factories import NOON, a_form, an_endpoint, an_event, tell
from alicerce.apps.endpoints.types import DeliveryStatus, DisabledReason, Outcome, Replayed
from alicerce.apps.notify.models import Message
from alicerce.apps.tenancy.models import Tenant
from alicerce.kernel.crypto import reveal
from alicerce.kernel.db import transaction
from alicerce.kernel.testing import queued_jobs, run_jobs

pytestmark = pytest.mark.usefixtures("tenant")

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
QUARTER = HOUR / 4
DOWN = Outcome(None, error="no answer within 15 s", milliseconds=15_000)


def deliver(endpoint, clock):
    deliver_due(endpoint_id=endpoint.id, clock=clock)
    endpoint.refresh_from_db()


def only_delivery():
    return Delivery.objects.get()


def let_it_fail(endpoint, clock, *, until):
    """Answer nothing to anything until then; the hours after the start at which it was tried."""
    tried, began = [], clock.at
    while clock.at < until:
        for parcel in claim(endpoint_id=endpoint.id, at=clock.at):
            tried.append((clock.at - began) / HOUR)
            record_outcome(parcel=parcel, outcome=DOWN, at=clock.at)
        clock.forward(QUARTER)
    return tried


class TestDelivery:
    def test_is_signed_so_that_the_reference_library_verifies_it(self, receiver):
        _, secret = create_endpoint(form=a_form(url=receiver.url), at=NOON)
        event = an_event()
        tell(event)
        run_jobs(raise_failures=False)

        (got,) = receiver.got
        assert Webhook(secret).verify(got.body, got.headers)["type"] == "invoice.paid"
        assert got.said["data"]["invoice_id"] == str(event.invoice_id)
        assert got.message_id == str(event.id)
        assert only_delivery().status == DeliveryStatus.DELIVERED

    def test_happens_once_however_often_it_is_asked_for(self, receiver, clock):
        endpoint = an_endpoint(url=receiver.url)
        tell(an_event())
        for _ in range(3):
            deliver(endpoint, clock)
        assert len(receiver.got) == 1

    def test_is_signed_by_both_secrets_for_a_day_after_a_rotation(self, receiver, clock):
        endpoint_id, old = create_endpoint(form=a_form(url=receiver.url), at=NOON)
        new = rotate_secret(endpoint_id=endpoint_id, at=NOON)
        endpoint = Endpoint.objects.get()

        assert endpoint.secrets(at=NOON + 23 * HOUR) == [new, old]
        assert endpoint.secrets(at=NOON + 24 * HOUR) == [new]
        tell(an_event())
        deliver(endpoint, clock)
        (signatures,) = (got.headers["webhook-signature"] for got in receiver.got)
        assert len(signatures.split()) == 2

    def test_keeps_what_was_sent_and_answered_but_no_signature(self, receiver, clock):
        endpoint = an_endpoint(url=receiver.url)
        tell(an_event())
        deliver(endpoint, clock)

        (attempt,) = queries.attempts(only_delivery().id)
        assert (attempt.number, attempt.status, attempt.answer) == (1, 200, "hello")
        assert attempt.headers["webhook-id"] == str(only_delivery().event_id)
        assert "webhook-signature" not in attempt.headers

    @pytest.mark.parametrize("status", [301, 302, 400, 404, 500, 503])
    def test_fails_on_anything_but_2xx_and_is_tried_again(self, receiver, clock, status):
        receiver.answers = [(status, {"Location": receiver.url}), 200]
        endpoint = an_endpoint(url=receiver.url)
        tell(an_event())
        deliver(endpoint, clock)
        assert only_delivery().status == DeliveryStatus.PENDING
        assert only_delivery().answered == status
        assert len(receiver.got) == 1

        clock.forward(6 * timedelta(seconds=1))
        deliver(endpoint, clock)
        assert only_delivery().status == DeliveryStatus.DELIVERED
        assert len({got.message_id for got in receiver.got}) == 1

    def test_is_seen_twice_when_the_worker_dies_before_it_wrote(self, receiver, clock):
        """Kill -9 between sending and writing: the same webhook-id again, a minute later."""
        endpoint = an_endpoint(url=receiver.url)
        tell(an_event())
        send_all(
            parcels=claim(endpoint_id=endpoint.id, at=clock.at)
        )  # and no more is heard of it

        deliver(endpoint, clock)
        assert len(receiver.got) == 1
        clock.forward(MINUTE)
        deliver(endpoint, clock)
        assert len(receiver.got) == 2
        assert len({got.message_id for got in receiver.got}) == 1
        assert only_delivery().attempts == 2
        assert only_delivery().status == DeliveryStatus.DELIVERED

    def test_listens_to_the_latest_attempt_alone(self, clock):
        endpoint = an_endpoint()
        tell(an_event())
        (slow,) = claim(endpoint_id=endpoint.id, at=clock.at)
        clock.forward(MINUTE)
        (quick,) = claim(endpoint_id=endpoint.id, at=clock.at)
        record_outcome(parcel=quick, outcome=Outcome(200), at=clock.at)
        record_outcome(parcel=slow, outcome=DOWN, at=clock.at)

        assert only_delivery().status == DeliveryStatus.DELIVERED
        assert Attempt.objects.count() == 2

    def test_waits_while_the_company_is_suspended(self, clock, tenant):
        endpoint = an_endpoint()
        tell(an_event())
        Tenant.objects.filter(pk=tenant.id).update(status="suspended")
        assert claim(endpoint_id=endpoint.id, at=clock.at) == []


class TestSchedule:
    def test_is_ten_attempts_and_then_nothing(self, clock, settings):
        settings.RETRY_PACE = 1
        endpoint = an_endpoint()
        tell(an_event())
        tried = let_it_fail(endpoint, clock, until=NOON + 5 * DAY)

        assert len(tried) == 10
        assert 68 < tried[-1] < 84
        assert only_delivery().status == DeliveryStatus.FAILED
        assert queries.endpoint(endpoint.id).is_enabled

    def test_is_kept_by_an_alarm_and_by_one_only(self, clock, settings):
        settings.RETRY_PACE = 1
        endpoint = an_endpoint()
        tell(an_event(), an_event())
        run = [job for job in queued_jobs() if job == "endpoints.send_due_deliveries"]
        for parcel in claim(endpoint_id=endpoint.id, at=clock.at):
            record_outcome(parcel=parcel, outcome=DOWN, at=clock.at)
        for _ in range(3):
            assert claim(endpoint_id=endpoint.id, at=clock.at) == []

        after = [job for job in queued_jobs() if job == "endpoints.send_due_deliveries"]
        assert len(after) == len(run) + 1

    def test_is_found_again_when_its_alarm_is_lost(self, clock):
        endpoint = an_endpoint()
        tell(an_event())
        at = clock.at + MINUTE
        assert queries.overdue_endpoints(at=clock.at) == []
        assert queries.overdue_endpoints(at=at) == [(endpoint.tenant_id, endpoint.id)]

    def test_waits_as_long_as_it_is_asked_to(self, receiver, clock):
        receiver.answers = [(429, {"Retry-After": "1800"}), 200]
        endpoint = an_endpoint(url=receiver.url)
        tell(an_event())
        deliver(endpoint, clock)
        tell(an_event())
        clock.forward(29 * MINUTE)
        deliver(endpoint, clock)
        assert len(receiver.got) == 1
        clock.forward(MINUTE)
        deliver(endpoint, clock)
        assert len(receiver.got) == 3


class TestOrder:
    def tell_three(self):
        first = an_event()
        second = an_event(invoice_id=first.invoice_id)
        tell(first, second, an_event())
        return first, second

    def test_of_one_subject_is_kept_on_demand(self, clock):
        endpoint = an_endpoint(is_ordered=True)
        _first, second = self.tell_three()

        parcels = claim(endpoint_id=endpoint.id, at=clock.at)
        assert str(second.id) not in {p.headers["webhook-id"] for p in parcels}
        assert len(parcels) == 2
        for parcel in parcels:
            record_outcome(parcel=parcel, outcome=Outcome(200), at=clock.at)
        (last,) = claim(endpoint_id=endpoint.id, at=clock.at)
        assert last.headers["webhook-id"] == str(second.id)

    def test_waits_for_one_that_fails(self, clock):
        endpoint = an_endpoint(is_ordered=True)
        self.tell_three()
        for parcel in claim(endpoint_id=endpoint.id, at=clock.at):
            record_outcome(parcel=parcel, outcome=DOWN, at=clock.at)

        assert claim(endpoint_id=endpoint.id, at=clock.at) == []

    def test_is_nobodys_business_otherwise(self, clock):
        endpoint = an_endpoint()
        self.tell_three()
        assert len(claim(endpoint_id=endpoint.id, at=clock.at)) == 3


class TestTroubledEndpoint:
    def test_sends_so_many_side_by_side_and_no_more(self, clock):
        endpoint = an_endpoint()
        tell(*[an_event() for _ in range(9)])
        assert len(claim(endpoint_id=endpoint.id, at=clock.at)) == 4
        assert claim(endpoint_id=endpoint.id, at=clock.at) == []

    def test_is_asked_less_and_less(self, clock):
        endpoint = an_endpoint()
        tell(*[an_event() for _ in range(9)])
        for size in (4, 4):
            parcels = claim(endpoint_id=endpoint.id, at=clock.at)
            assert len(parcels) == size
            for parcel in parcels:
                record_outcome(parcel=parcel, outcome=DOWN, at=clock.at)
            if size:
                endpoint.refresh_from_db()
        assert endpoint.rests_until > clock.at
        assert claim(endpoint_id=endpoint.id, at=clock.at) == []

        clock.at = endpoint.rests_until
        (probe,) = claim(endpoint_id=endpoint.id, at=clock.at)
        record_outcome(parcel=probe, outcome=Outcome(200), at=clock.at)
        assert len(claim(endpoint_id=endpoint.id, at=clock.at + DAY)) == 4

    def test_leaves_the_others_alone(self, clock):
        slow, quick = an_endpoint(), an_endpoint(url="https://outra.example/")
        tell(*[an_event() for _ in range(9)])
        claim(endpoint_id=slow.id, at=clock.at)
        assert len(claim(endpoint_id=quick.id, at=clock.at)) == 4

    def test_that_is_gone_is_disabled_at_once_and_the_company_told(
        self, receiver, clock, published
    ):
        receiver.answers = [410]
        endpoint = an_endpoint(url=receiver.url)
        tell(an_event(), an_event())
        deliver(endpoint, clock)

        assert endpoint.disabled == DisabledReason.GONE
        assert not Delivery.objects.open().exists()
        assert Entry.objects.get(action="endpoint.disabled").after == {"reason": "gone"}
        assert Message.objects.get().template == "endpoint_disabled"
        assert [e.reason for e in published if e.name == "endpoint.disabled"] == ["gone"]

    def test_that_failed_for_five_days_is_disabled(self, clock, settings):
        settings.RETRY_PACE = 1
        endpoint = an_endpoint()
        tell(an_event())
        let_it_fail(endpoint, clock, until=NOON + 4 * DAY)
        tell(an_event(at=clock.at))
        let_it_fail(endpoint, clock, until=NOON + 5 * DAY - HOUR)
        assert queries.endpoint(endpoint.id).is_enabled

        let_it_fail(endpoint, clock, until=NOON + 7 * DAY)
        assert queries.endpoint(endpoint.id).disabled is DisabledReason.FAILING
        assert Message.objects.count() == 1

    def test_that_answered_in_between_is_not(self, clock, settings):
        settings.RETRY_PACE = 1
        endpoint = an_endpoint()
        tell(an_event())
        let_it_fail(endpoint, clock, until=NOON + 4 * DAY)
        tell(an_event(at=clock.at))
        (parcel,) = claim(endpoint_id=endpoint.id, at=clock.at)
        record_outcome(parcel=parcel, outcome=Outcome(200), at=clock.at)
        tell(an_event(at=clock.at))
        let_it_fail(endpoint, clock, until=NOON + 6 * DAY)
        assert queries.endpoint(endpoint.id).is_enabled


class TestForbiddenAddress:
    def test_is_not_reached_however_it_came_to_be_saved(self, receiver, clock, settings):
        """The name was honest when it was typed, and leads inside by the time it is called."""
        endpoint = an_endpoint(url=receiver.url)
        settings.LOOPBACK_PORTS = frozenset()
        tell(an_event())
        deliver(endpoint, clock)

        assert receiver.got == []
        assert only_delivery().error == "only ports 80 and 443"
        assert only_delivery().status == DeliveryStatus.PENDING


class TestReplay:
    def test_sends_what_was_given_up_under_the_same_id(self, receiver, clock):
        endpoint = an_endpoint(url=receiver.url)
        event = an_event()
        tell(event)
        Delivery.objects.update(status=DeliveryStatus.FAILED, tries=10, attempts=10)
        replay_delivery(delivery_id=only_delivery().id, at=clock.at)
        deliver(endpoint, clock)

        assert [got.message_id for got in receiver.got] == [str(event.id)]
        assert only_delivery().status == DeliveryStatus.DELIVERED
        assert Entry.objects.filter(action="delivery.replayed").count() == 1

    def test_sends_everything_that_failed_since(self, clock):
        endpoint = an_endpoint()
        tell(an_event(at=NOON - DAY), an_event(), an_event())
        Delivery.objects.update(status=DeliveryStatus.FAILED)
        replayed = replay_failed(endpoint_id=endpoint.id, since=NOON - HOUR, at=clock.at)
        assert replayed == Replayed(2, left=0)
        assert len(claim(endpoint_id=endpoint.id, at=clock.at)) == 2

    def test_sends_so_many_at_once_oldest_first_and_says_what_is_left(self, clock, monkeypatch):
        monkeypatch.setattr(replay, "MOST_AT_ONCE", 2)
        endpoint, events = an_endpoint(), [an_event() for _ in range(3)]
        tell(*events)
        Delivery.objects.update(status=DeliveryStatus.FAILED)

        ask = {"endpoint_id": endpoint.id, "since": NOON, "at": clock.at}
        assert replay_failed(**ask) == Replayed(2, left=1)
        assert {one.event_id for one in Delivery.objects.open()} == {e.id for e in events[:2]}
        assert replay_failed(**ask) == Replayed(1, left=0)
        assert replay_failed(**ask) == Replayed(0, left=0)

    def test_sends_something_to_try(self, receiver, clock):
        endpoint = an_endpoint(url=receiver.url, types=("order.*",))
        send_test(endpoint_id=endpoint.id, at=NOON)
        run_jobs(raise_failures=False)
        assert [got.said["type"] for got in receiver.got] == ["endpoint.test"]


class TestSecrets:
    def test_are_neither_in_the_trail_nor_in_the_log_nor_in_jobs(self, receiver, clock, caplog):
        caplog.set_level("DEBUG")
        endpoint_id, secret = create_endpoint(form=a_form(url=receiver.url), at=NOON)
        newer = rotate_secret(endpoint_id=endpoint_id, at=NOON)
        tell(an_event())
        run_jobs(raise_failures=False)

        endpoint = Endpoint.objects.get()
        assert reveal(endpoint, "secret") == newer
        trail = str(list(Entry.objects.values()))
        kept = str(list(Attempt.objects.values("headers", "answer", "error")))
        for where in (trail, kept, caplog.text, str(endpoint.__dict__)):
            assert secret.removeprefix("whsec_") not in where
            assert newer.removeprefix("whsec_") not in where
        assert "segredo-deles" not in trail + caplog.text

    def test_of_a_dead_process_stay_sealed(self):
        an_endpoint()
        assert b"whsec_" not in bytes(Endpoint.objects.get().secret)


def test_nothing_is_sent_within_a_transaction(receiver, clock):
    endpoint = an_endpoint(url=receiver.url)
    tell(an_event())
    parcels = claim(endpoint_id=endpoint.id, at=clock.at)
    with transaction(), pytest.raises(AssertionError):
        delivering.send(parcel=parcels[0])
    assert isinstance(clock.at, datetime)
