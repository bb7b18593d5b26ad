"""The trail is written with the change, never changed, and sealed."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alicerce.apps.audit import public as audit
from alicerce.apps.audit import queries
from alicerce.apps.audit.models import Entry
from alicerce.apps.audit.queries import EntryFilter
from alicerce.apps.audit.rules.verifying import verify
from alicerce.apps.audit.services import seal_entries as sealing
from alicerce.apps.audit.services.seal_entries import seal_entries
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction as use_case

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def write_down(action: str = "invoice.paid", **given: object) -> None:
    with use_case():
        audit.record(action=action, entity="invoice", at=NOON, **given)


class TestRecord:
    def test_says_who_and_from_where(self, tenant):
        with acting(tenant_id=tenant.id, actor="user:ana", ip="203.0.113.7"):
            write_down(after={"total_cents": 4990})

        (entry,) = queries.entries(EntryFilter())
        assert (entry.actor, entry.ip, entry.after) == (
            "user:ana",
            "203.0.113.7",
            {"total_cents": 4990},
        )

    def test_vanishes_with_the_change_that_was_undone(self, tenant):
        with pytest.raises(ZeroDivisionError):
            self.write_and_fail()

        assert not Entry.objects.exists()

    @use_case()
    def write_and_fail(self):
        audit.record(action="invoice.paid", entity="invoice", at=NOON)
        raise ZeroDivisionError

    def test_refuses_to_stand_alone(self, tenant):
        with pytest.raises(AssertionError, match="outside of the transaction"):
            audit.record(action="invoice.paid", entity="invoice", at=NOON)

    def test_is_invisible_to_the_neighbour(self, tenant, other_tenant):
        write_down()

        with other_tenant:
            assert not Entry.objects.exists()


class TestImmutability:
    @pytest.mark.parametrize(
        "statement",
        [
            "update audit_entry set action = 'forged'",
            "delete from audit_entry",
            "truncate audit_entry",
            "update audit_seal set head = ''",
            "delete from audit_sealedentry",
        ],
    )
    def test_the_application_cannot_change_what_was_written(self, tenant, statement):
        write_down()

        with (
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


class TestSeal:
    def test_covers_everything_once(self, tenant):
        for action in ("order.placed", "invoice.paid", "service.active"):
            write_down(action)

        assert seal_entries(at=NOON) == 3
        assert seal_entries(at=NOON) == 0

    def test_makes_a_trail_that_verifies(self, tenant):
        for batch in range(3):
            write_down(f"batch.{batch}")
            seal_entries(at=NOON)

        (trail,) = [t for t in queries.trails() if t.tenant_id == str(tenant.id)]

        assert [seal.number for seal in trail.seals] == [1, 2, 3]
        assert verify(trail, at=NOON, keys=queries.keys()).intact

    def test_covers_a_backlog_whole(self, tenant, monkeypatch):
        monkeypatch.setattr(sealing, "CHUNK", 2)
        for number in range(5):
            write_down(f"order.placed{number}")

        assert seal_entries(at=NOON) == 5

        (trail,) = [t for t in queries.trails() if t.tenant_id == str(tenant.id)]
        assert [len(seal.leaves) for seal in trail.seals] == [5]
        assert verify(trail, at=NOON, keys=queries.keys()).intact

    def test_leaves_the_neighbour_to_its_own_seal(self, tenant, other_tenant):
        write_down()
        with other_tenant:
            write_down()

        assert seal_entries(at=NOON) == 1


class TestDigest:
    @pytest.mark.parametrize(
        "value",
        [
            1.5,
            1e22,
            -0.0,
            1e-9,
            float("inf"),
            10**30,
            Decimal("1.10"),
            'açúcar 😀 \\ " \u2028',
            {"b": [1, {"a": None}], "a": True},
            NOON,
        ],
    )
    def test_is_the_same_when_it_is_read_again(self, tenant, value):
        write_down(before={"value": value}, after={"1": value, "é": value})

        (trail,) = [t for t in queries.trails() if t.tenant_id == str(tenant.id)]
        assert verify(trail, at=now(), keys=queries.keys()).intact


class TestTrails:
    def test_read_what_is_covered_after_what_covers_it(self, tenant):
        """In the other order, what is written and sealed in between would seem to be missing."""
        write_down()
        seal_entries(at=NOON)

        with CaptureQueriesContext(connection) as asked:
            queries.trails()

        tables = ["audit_seal", "audit_sealedentry", "audit_entry"]
        read = [
            table for query in asked for table in tables if f'FROM "{table}"' in query["sql"]
        ]
        assert read == tables
