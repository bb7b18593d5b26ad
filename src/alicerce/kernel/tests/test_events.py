"""Facts are queued in the commit that makes them true."""

import pytest

from alicerce.kernel import clock
from alicerce.kernel.context import NoTenant, acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import Event, publish
from alicerce.kernel.ids import uuid7
from alicerce.kernel.jobs import on
from alicerce.kernel.queueing import DjangoDriver
from alicerce.kernel.testing import queued_jobs

pytestmark = pytest.mark.django_db


class BellRung(Event):
    name = "bell.rung"

    loud: bool = True


class BigBellRung(BellRung):
    name = "big_bell.rung"


@on(BellRung)
def listen(event: BellRung) -> None: ...


@on(BellRung, when=lambda event: event.loud, queue="urgent")
def complain(event: BellRung) -> None: ...


def ring(kind: type[BellRung] = BellRung, *, loud: bool = True) -> None:
    publish(kind(loud=loud, at=clock.now()))


def ring_then_fail() -> None:
    with acting(tenant_id=uuid7()), transaction():
        ring()
        raise ZeroDivisionError


class TestPublish:
    def test_queues_one_job_for_every_interested_subscriber(self) -> None:
        with acting(tenant_id=uuid7()), transaction():
            ring(loud=False)
            ring()
        assert queued_jobs() == [
            "test_events.listen",
            "test_events.listen",
            "test_events.complain",
        ]

    def test_tells_those_who_listen_to_a_wider_kind(self) -> None:
        with acting(tenant_id=uuid7()), transaction():
            ring(BigBellRung, loud=False)
        assert queued_jobs() == ["test_events.listen"]

    def test_takes_one_statement_however_many_listen(self) -> None:
        with acting(tenant_id=uuid7()), transaction():
            ring()
        rows = DjangoDriver().fetch("select distinct cmin::text from pgqueuer")
        assert len(rows) == 1

    def test_leaves_nothing_behind_a_rollback(self) -> None:
        with pytest.raises(ZeroDivisionError):
            ring_then_fail()
        assert queued_jobs() == []

    def test_refuses_outside_of_a_transaction(self) -> None:
        with acting(tenant_id=uuid7()), pytest.raises(AssertionError, match=r"bell\.rung"):
            ring()

    def test_a_fact_belongs_to_the_tenant_who_acts(self) -> None:
        tenant_id = uuid7()
        with acting(tenant_id=tenant_id):
            assert BellRung(at=clock.now()).tenant_id == tenant_id
        with acting(tenant_id=None), pytest.raises(NoTenant):
            BellRung(at=clock.now())

    def test_is_heard_by_tests(self, published: list[Event]) -> None:
        with acting(tenant_id=uuid7()), transaction():
            ring()
        assert [fact.name for fact in published] == ["bell.rung"]


def test_two_events_may_not_share_a_name() -> None:
    with pytest.raises(AssertionError, match=r"bell\.rung"):

        class Impostor(Event):
            name = "bell.rung"
