"""What was written before rows carried codes is vouched for once, by the migration."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps

from alicerce.apps.audit import public as audit
from alicerce.apps.audit import queries
from alicerce.apps.audit.models import Entry, Seal
from alicerce.apps.audit.rules.hashing import CLEAR
from alicerce.apps.audit.rules.verifying import verify
from alicerce.apps.audit.services.seal_entries import seal_entries
from alicerce.apps.audit.types import Fault
from alicerce.kernel.clock import now
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
vouch = import_module("alicerce.apps.audit.migrations.0003_changeover").vouch


class Editor:
    """The tests' role owns no table: its own rows are all that it sees, and all that it needs."""

    def execute(self, statement):
        assert statement.startswith(("alter table audit_", "set constraints"))


def an_old_entry(number):
    return Entry.objects.create(
        at=NOON,
        actor="user:ana",
        action="order.placed",
        entity="order",
        after={"number": number},
        ip="203.0.113.7",
        trace_id=uuid7(),
        format=CLEAR,
    )


@pytest.fixture
def past(tenant, monkeypatch):
    """Two entries under a seal without a code, one that waited, and then the migration."""
    monkeypatch.setattr("alicerce.apps.audit.services.seal_entries.authenticate", lambda *_: "")
    an_old_entry(1)
    an_old_entry(2)
    seal_entries(at=now())
    monkeypatch.undo()
    an_old_entry(3)
    vouch(apps, Editor())
    return tenant


def judged(tenant):
    (trail,) = [each for each in queries.trails() if each.tenant_id == str(tenant.id)]
    return verify(trail, at=now(), keys=queries.keys())


def test_the_past_is_believed_and_the_trail_goes_on(past):
    with transaction():
        audit.record(action="order.placed", entity="order", at=NOON)
    seal_entries(at=now())

    assert judged(past).intact
    assert [seal.count for seal in Seal.objects.order_by("number")] == [2, 1, 1]


def test_nothing_without_a_code_is_believed_afterwards(past):
    late = an_old_entry(4)

    assert (judged(past).fault, judged(past).where) == (Fault.FORGED, f"entry {late.id}")
    seal_entries(at=now())
    assert (judged(past).fault, judged(past).where) == (Fault.FORGED, f"entry {late.id}")


def test_an_empty_installation_has_nothing_to_vouch_for(tenant):
    vouch(apps, Editor())

    assert not Seal.objects.exists()
