"""What the trail says of somebody stands under a key of theirs, and goes with it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alicerce.apps.audit import public as audit
from alicerce.apps.audit import queries
from alicerce.apps.audit.jobs import forget_old_visitors
from alicerce.apps.audit.models import Entry, SubjectKey
from alicerce.apps.audit.queries import EntryFilter
from alicerce.apps.audit.rules.verifying import verify
from alicerce.apps.audit.services.forget import forget_visitors
from alicerce.apps.audit.services.seal_entries import seal_entries
from alicerce.apps.audit.types import Personal, Unreadable
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
RENATA = f"customer:{uuid7()}"


def write_down(tenant, *, actor="job:orders.place", ip=None, **given):
    with acting(tenant_id=tenant.id, actor=actor, ip=ip), transaction():
        audit.record(action="order.placed", entity="order", at=NOON, **given)


def latest():
    return queries.entries_everywhere(EntryFilter())[0]


def row():
    return Entry.objects.order_by("-id").first()


def is_intact(tenant):
    (trail,) = [each for each in queries.trails() if each.tenant_id == str(tenant.id)]
    return verify(trail, at=now(), keys=queries.keys()).intact


class TestPersonal:
    def test_is_read_while_its_key_lives(self, tenant):
        write_down(tenant, after={"number": 7, "domain": Personal("renata.com.br", of=RENATA)})

        assert latest().after == {"number": 7, "domain": "renata.com.br"}

    def test_is_not_in_the_table(self, tenant):
        write_down(tenant, after={"domain": Personal("renata.com.br", of=RENATA)})

        with connection.cursor() as cursor:
            cursor.execute("select entry::text from audit_entry entry")
            (text,) = cursor.fetchone()
        assert "renata.com.br" not in text

    def test_keeps_values_of_several_kinds(self, tenant):
        value = ["padaria.com.br A 192.0.2.1", {"ttl": 60, "on": True, "none": None}]

        write_down(tenant, before={"records": Personal(value, of=RENATA)})

        assert latest().before == {"records": value}

    def test_does_not_open_in_another_entry(self, tenant):
        write_down(tenant, after={"domain": Personal("renata.com.br", of=RENATA)})
        key, theirs = SubjectKey.objects.get(), Entry(tenant_id=tenant.id)

        with pytest.raises(Exception, match="another place"):
            key.open(row().after["domain"], theirs.place("after.domain"))

    def test_stands_by_itself(self, tenant):
        with pytest.raises(TypeError, match="by itself"):
            write_down(tenant, after={"all": [Personal("renata.com.br", of=RENATA)]})

    def test_has_one_key_per_subject(self, tenant):
        for _ in range(2):
            write_down(tenant, after={"domain": Personal("renata.com.br", of=RENATA)})

        assert SubjectKey.objects.count() == 1

    def test_costs_nothing_where_there_is_none(self, tenant):
        with (
            acting(tenant_id=tenant.id, actor="job:x"),
            transaction(),
            CaptureQueriesContext(connection) as asked,
        ):
            audit.record(action="invoice.paid", entity="invoice", at=NOON, after={"a": 1})

        assert len(asked) == 1


class TestAddress:
    def test_of_a_person_is_theirs(self, tenant):
        write_down(tenant, actor="user:ana", ip="203.0.113.7")

        assert latest().ip == "203.0.113.7"
        assert SubjectKey.objects.get().subject == "user:ana"
        assert row().ip is None

    def test_of_a_visitor_is_whose_the_entry_is(self, tenant):
        write_down(
            tenant,
            actor="visitor",
            ip="203.0.113.7",
            after={"domain": Personal("renata.com.br", of=RENATA)},
        )

        assert SubjectKey.objects.get().subject == RENATA

    def test_of_a_visitor_who_said_nothing_is_one_of_the_month(self, tenant):
        write_down(tenant, actor="visitor", ip="203.0.113.7")

        assert SubjectKey.objects.get().subject == "visitor:2026-09"

    def test_of_a_provider_is_nobodys(self, tenant):
        write_down(tenant, actor="gateway:stripe", ip="2001:DB8::1")

        assert not SubjectKey.objects.exists()
        assert latest().ip == "2001:DB8::1"
        assert is_intact(tenant)

    def test_from_before_is_shown_as_it_was_written(self, tenant):
        Entry.objects.create(
            at=NOON,
            actor="user:ana",
            action="a.b",
            entity="a",
            ip="203.0.113.7",
            trace_id=uuid7(),
        )

        assert latest().ip == "203.0.113.7"


class TestForget:
    def test_leaves_noise_and_a_chain_that_verifies(self, tenant):
        write_down(
            tenant,
            actor="visitor",
            ip="203.0.113.7",
            after={"number": 7, "domain": Personal("renata.com.br", of=RENATA)},
        )
        seal_entries(at=now())

        assert audit.forget(subject=RENATA, at=NOON)

        first = queries.entries(EntryFilter(action="order.placed"))[0]
        assert first.after == {"number": 7, "domain": Unreadable.ERASED}
        assert first.ip is Unreadable.ERASED
        seal_entries(at=now())
        assert is_intact(tenant)

    def test_writes_down_that_it_happened(self, tenant):
        write_down(tenant, after={"domain": Personal("renata.com.br", of=RENATA)})

        audit.forget(subject=RENATA, at=NOON)

        assert (latest().action, latest().after) == ("subject.forgotten", {"subject": RENATA})

    def test_says_nothing_the_second_time(self, tenant):
        write_down(tenant, after={"domain": Personal("renata.com.br", of=RENATA)})

        assert [audit.forget(subject=RENATA, at=NOON) for _ in range(2)] == [True, False]
        assert Entry.objects.filter(action="subject.forgotten").count() == 1

    def test_spares_everybody_else(self, tenant, other_tenant):
        write_down(tenant, after={"domain": Personal("bruno.com.br", of="customer:b")})
        with other_tenant as neighbour:
            write_down(neighbour, after={"domain": Personal("renata.com.br", of=RENATA)})

        assert not audit.forget(subject=RENATA, at=NOON)
        assert latest().after == {"domain": "renata.com.br"}
        assert SubjectKey.objects.get().subject == "customer:b"

    def test_who_comes_back_gets_another_key(self, tenant):
        write_down(tenant, after={"domain": Personal("antes.com.br", of=RENATA)})
        audit.forget(subject=RENATA, at=NOON)

        write_down(tenant, after={"domain": Personal("depois.com.br", of=RENATA)})

        said = [entry.after for entry in queries.entries(EntryFilter(action="order.placed"))]
        assert said == [{"domain": "depois.com.br"}, {"domain": Unreadable.ERASED}]


class TestForgetVisitors:
    def test_ends_six_months_after_the_month(self, tenant):
        write_down(tenant, actor="visitor", ip="203.0.113.7")
        made = SubjectKey.objects.get().created_at

        assert forget_visitors(at=made + timedelta(days=213)) == 0
        assert forget_visitors(at=made + timedelta(days=215)) == 1
        assert forget_visitors(at=made + timedelta(days=215)) == 0

    def test_is_done_by_the_clock_for_every_tenant(self, tenant):
        write_down(tenant, actor="visitor", ip="203.0.113.7")
        old = now() - timedelta(days=300)
        SubjectKey.objects.update(created_at=old)

        for _ in range(2):
            forget_old_visitors()

        assert not SubjectKey.objects.exists()
