"""From the fact that a line is ready to a live account, by the queue alone."""

import pytest

from alicerce.apps.customers.tests.factories import a_customer, a_person
from alicerce.apps.hosting.events import RunStepDue
from alicerce.apps.hosting.jobs import abandon
from alicerce.apps.hosting.models import ProvisioningRun, Service
from alicerce.apps.hosting.services.retry_run import retry_run
from alicerce.apps.hosting.tests.factories import (
    NOON,
    a_line,
    a_server,
    a_service,
    a_spec,
    run_of,
)
from alicerce.apps.hosting.types import PRODUCT_KIND
from alicerce.apps.orders.events import LineReady
from alicerce.apps.orders.models import Line, Order
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.http import Unknown
from alicerce.kernel.testing import run_jobs

pytestmark = pytest.mark.usefixtures("tenant", "panel", "zones", "letters")


def tell_ready(**given):
    customer = a_customer()
    a_person(email=customer.email)
    line = a_line(customer)
    facts = {"kind": PRODUCT_KIND, "spec": a_spec(), "order_id": line.order_id}
    with transaction():
        publish(
            LineReady(at=NOON, line_id=line.id, customer_id=customer.id, **{**facts, **given})
        )


class TestLineReady:
    def test_becomes_a_live_account_and_a_completed_order(self, letters):
        a_server()
        tell_ready()

        ran = run_jobs()

        assert ran[0] == "hosting.open_ordered_service"
        assert ran.count("hosting.take_step") == 1
        assert Service.objects.get().status == "active"
        assert Line.objects.get().status == "fulfilled"
        assert Order.objects.get().status == "completed"
        assert len(letters) == 1

    def test_survives_troubles_by_coming_back_later(self, panel):
        a_server()
        panel.after["create_account"] = [Unknown("sem resposta")]
        tell_ready()

        run_jobs(include_delayed=True)

        assert Service.objects.get().status == "active"
        assert len(panel.created) == 1

    def test_of_another_kind_is_somebody_elses(self):
        tell_ready(kind="addon.ssl")

        run_jobs()

        assert not Service.objects.exists()


class TestADeadJob:
    def test_stops_its_run_where_people_see_it(self, clock):
        run = run_of(a_service())
        due = RunStepDue(at=NOON, run_id=run.id, turn=run.turn)

        for _ in range(2):
            abandon(due, "ValueError: defeito")

        run.refresh_from_db()
        assert run.status == "failed"
        assert (run.said["code"], run.said["raw"]) == ("our_fault", "ValueError: defeito")
        assert Service.objects.get().status == "error"

    def test_can_be_followed_by_a_retry(self, clock):
        a_server()
        run = run_of(a_service())
        abandon(RunStepDue(at=NOON, run_id=run.id, turn=run.turn), "ValueError: defeito")

        retry_run(run_id=run.id, at=NOON)
        run_jobs()

        assert ProvisioningRun.objects.get().status == "succeeded"
