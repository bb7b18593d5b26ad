"""What happened is logged once, in the commit that made it true, and costs next to nothing."""

import pytest
from django.db import connection
from django.db.transaction import set_rollback
from django.test.utils import CaptureQueriesContext

from alicerce.apps.audit.events import SealDue
from alicerce.apps.endpoints.models import Delivery, LoggedEvent
from alicerce.apps.endpoints.queries.views import logged_event, logged_events
from alicerce.apps.endpoints.services.forget_old import KEPT, forget_old
from alicerce.apps.endpoints.services.manage_endpoint import disable_endpoint
from alicerce.apps.endpoints.tests.factories import NOON, an_endpoint, an_event, tell
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish, publish_all
from alicerce.kernel.testing import queued_jobs, run_jobs

pytestmark = pytest.mark.usefixtures("tenant")

WAKES = "endpoints.send_due_deliveries"


class TestLog:
    def test_keeps_what_happened(self):
        event = an_event()
        tell(event)

        (logged,) = logged_events()
        assert (logged.id, logged.type, logged.at) == (event.id, "invoice.paid", NOON)
        assert logged.data["invoice_id"] == str(event.invoice_id)
        assert set(logged.data) == {
            "invoice_id", "order_id", "customer_id", "method", "total_cents", "currency",
        }  # fmt: skip

    def test_keeps_a_fact_told_twice_once(self):
        event = an_event()
        tell(event, event)
        assert LoggedEvent.objects.count() == 1

    def test_forgets_what_was_rolled_back(self):
        with transaction():
            publish(an_event())
            set_rollback(True)
        assert logged_events() == []

    def test_keeps_no_plumbing(self):
        tell(SealDue(at=NOON))
        assert logged_events() == []

    def test_costs_one_statement_and_no_job_where_nobody_listens(self):
        event = an_event()
        with transaction(), CaptureQueriesContext(connection) as spent:
            publish(event)

        written = [q["sql"] for q in spent if "endpoints_" in q["sql"]]
        assert len(written) == 1
        assert WAKES not in queued_jobs()

    def test_of_many_facts_at_once_is_the_same_and_wakes_who_listens_once(self):
        an_endpoint(types=("invoice.*",))
        events = [an_event() for _ in range(5)]

        with transaction(), CaptureQueriesContext(connection) as spent:
            publish_all([*events, events[0], SealDue(at=NOON)])

        written = [q["sql"] for q in spent if "into endpoints_" in q["sql"]]
        assert len(written) == 1
        assert {logged.id for logged in logged_events()} == {event.id for event in events}
        assert Delivery.objects.count() == len(events)
        assert queued_jobs().count(WAKES) == 1

    def test_is_read_newest_first_a_page_at_a_time(self):
        events = [an_event() for _ in range(3)]
        tell(*events)
        newest, middle, oldest = (e.id for e in reversed(events))

        assert [e.id for e in logged_events(limit=2)] == [newest, middle]
        assert [e.id for e in logged_events(before=middle)] == [oldest]
        assert logged_events(kind="order.placed") == []

    def test_is_unseen_by_the_neighbour(self, other_tenant):
        event = an_event()
        tell(event)
        with other_tenant:
            assert logged_event(event.id) is None
            assert logged_events() == []

    def test_is_kept_a_month(self):
        an_endpoint()
        old, young = an_event(at=NOON - KEPT), an_event(at=NOON)
        tell(old, young)

        assert forget_old(before=NOON - KEPT / 2) == 1
        assert [e.id for e in logged_events()] == [young.id]
        assert Delivery.objects.count() == 1


class TestSubscription:
    @pytest.mark.parametrize("pattern", ["*", "invoice.*", "invoice.paid"])
    def test_is_told(self, pattern):
        an_endpoint(types=(pattern,))
        tell(an_event())
        assert Delivery.objects.count() == 1
        assert queued_jobs().count(WAKES) == 1

    @pytest.mark.parametrize("pattern", ["order.*", "invoice.voided"])
    def test_is_not_told_of_other_things(self, pattern):
        an_endpoint(types=(pattern,))
        tell(an_event())
        assert not Delivery.objects.exists()
        assert WAKES not in queued_jobs()

    def test_is_told_once_for_each_event_and_endpoint(self):
        for name in ("a", "b"):
            an_endpoint(url=f"https://{name}.example/")
        event = an_event()
        tell(event, event)
        assert Delivery.objects.count() == 2

    def test_is_told_nothing_while_disabled(self):
        disable_endpoint(endpoint_id=an_endpoint().id, at=NOON)
        run_jobs(raise_failures=False)
        Delivery.objects.all().delete()
        tell(an_event())
        assert not Delivery.objects.exists()

    def test_is_told_nothing_of_the_neighbour(self, other_tenant):
        an_endpoint()
        with other_tenant:
            tell(an_event())
            assert not Delivery.objects.exists()
        assert not Delivery.objects.exists()
