"""A book comes here row by row, once, and follows what changed there; what changed here stays."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing.models import Invoice
from alicerce.apps.customers.models import Customer, Invitation
from alicerce.apps.customers.queries.customers import customer_detail
from alicerce.apps.customers.services.save_customer import update_customer
from alicerce.apps.hosting.models import ProvisioningRun, Service
from alicerce.apps.hosting.tests.factories import a_server
from alicerce.apps.ledger.models import LedgerEntry
from alicerce.apps.notify.models import Message
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.services.billing_run import begin_run
from alicerce.apps.switching.errors import AnotherAtWork, NotReady
from alicerce.apps.switching.models import Dump, DumpPart, Link, OldInvoice, StagedRow
from alicerce.apps.switching.queries.balances import balances
from alicerce.apps.switching.services import upload
from alicerce.apps.switching.services.bring import step as bringing
from alicerce.apps.switching.services.bring.step import bring_some
from alicerce.apps.switching.services.course import begin_undoing
from alicerce.apps.switching.services.upload import cancel_dump, start_bringing
from alicerce.apps.switching.tests.factories import NOON, bring, read
from alicerce.apps.switching.types import Place
from alicerce.kernel.testing import run_jobs


class TestADryRun:
    def test_says_of_each_row_what_would_become_of_it_and_writes_nothing(self, tenant, dumps):
        dump = read(dumps[0])

        assert dump.stage == "examined"
        assert sum(map(sum, dump.counts.values())) == dump.total
        assert not Customer.objects.exists()
        assert not Subscription.objects.exists()
        codes = {c for row in StagedRow.objects.worth_reporting() for c, _ in row.remarks}
        assert codes <= {
            "document_missing", "document_invalid", "address_incomplete", "address_abroad",
        }  # fmt: skip

    def test_keeps_no_secret_of_the_dump(self, tenant, dumps):
        dump = read(dumps[0])

        bodies = " ".join(map(str, StagedRow.objects.values_list("body", flat=True)))
        assert "$2y$" not in bodies
        assert not DumpPart.objects.filter(dump=dump).exists()

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (b"SELECT 1;", "not_a_book"),
            (
                b"CREATE TABLE `tblclients` (\n `id` int\n);INSERT INTO `tblclients` VALUES (1);",
                "columns_missing",
            ),
        ],
    )
    def test_refuses_what_is_no_book(self, tenant, raw, code):
        dump = read(raw)

        assert (dump.stage, dump.fault) == ("failed", code)

    def test_is_done_for_one_dump_at_a_time(self, tenant, dumps, monkeypatch):
        monkeypatch.setattr(upload, "publish", lambda fact: None)
        first = read(dumps[0])

        with pytest.raises(AnotherAtWork):
            read(dumps[1])
        assert cancel_dump(dump_id=first.id, at=NOON)
        read(dumps[1])


class TestBringing:
    def test_brings_everything_once_and_moves_nothing(self, tenant, dumps):
        dump = bring(dumps[0])

        assert (dump.stage, dump.updated, dump.kept) == ("brought", 0, 0)
        assert dump.created == Link.objects.exclude(source_id=0).count() == dump.total
        assert not Subscription.objects.filter(next_bill_on__isnull=False).exists()
        assert begin_run(on=(NOON + timedelta(days=400)).date(), at=NOON) is None
        nobody = (Message, Invitation, ProvisioningRun, Invoice, LedgerEntry)
        assert not [model for model in nobody if model.objects.exists()]
        assert all(one.are_equal for one in balances(dump))

    def test_finds_accounts_on_the_server_that_was_named(self, tenant, dumps):
        server = a_server()

        bring(dumps[0], servers={"srv1": str(server.id)})

        own = Service.objects.filter(server=server)
        assert own.count() == Service.objects.count() > 0
        assert {one.status for one in own} <= {"active", "suspended"}
        assert all(one.holds.exists() for one in own if one.status == "suspended")

    def test_brings_nothing_twice(self, tenant, dumps):
        bring(dumps[0])
        before = (Customer.objects.count(), Subscription.objects.count())

        again = bring(dumps[0])

        assert (again.created, again.updated, again.kept) == (0, 0, 0)
        assert before == (Customer.objects.count(), Subscription.objects.count())

    def test_goes_on_where_it_was_killed(self, tenant, dumps, monkeypatch):
        """Each step is undone with its transaction, and the same step twice is one step."""
        whole = read(dumps[0])
        monkeypatch.setattr(bringing, "publish", lambda fact: None)
        start_bringing(dump_id=whole.id, servers={}, at=NOON)
        kills = 0
        while (dump := Dump.objects.get(pk=whole.id)).stage == "bringing":
            kills += _killed(dump)
            bring_some(dump_id=whole.id, step=dump.step, at=NOON, most=40)
            assert not bring_some(dump_id=whole.id, step=dump.step, at=NOON, most=40)

        done = Dump.objects.get(pk=whole.id)
        assert kills > len(done.counts)
        assert done.created == done.total == Link.objects.exclude(source_id=0).count()

    def test_follows_a_newer_dump_but_not_over_what_people_changed_here(self, tenant, dumps):
        bring(dumps[0])
        link = Link.objects.of(Place.CLIENTS).first()
        detail = customer_detail(link.entity_id)
        renamed = detail.profile.__class__(**{**_plain(detail.profile), "name": "Outro Nome"})
        update_customer(customer_id=link.entity_id, profile=renamed, at=NOON)

        later = bring(dumps[1])

        assert later.created > 0
        assert later.updated > 0
        assert Customer.objects.get(pk=link.entity_id).name == "Outro Nome"
        assert all(one.are_equal for one in balances(later))

    def test_lets_an_older_dump_be(self, tenant, dumps):
        older = read(dumps[0])
        read(dumps[1])

        with pytest.raises(NotReady):
            start_bringing(dump_id=older.id, servers={}, at=NOON)


class TestGivingBack:
    def test_takes_everything_away_again_but_what_people_changed(self, tenant, dumps):
        bring(dumps[0])
        kept = Link.objects.of(Place.CLIENTS).first()
        detail = customer_detail(kept.entity_id)
        renamed = detail.profile.__class__(**{**_plain(detail.profile), "name": "Outro Nome"})
        update_customer(customer_id=kept.entity_id, profile=renamed, at=NOON)

        begin_undoing(at=NOON)
        run_jobs()

        assert Customer.objects.count() == 1
        assert not Subscription.objects.exists()
        assert not Service.objects.exists()
        assert not OldInvoice.objects.exists()
        assert Entry.objects.filter(action="switching.undone").exists()
        again = bring(dumps[0])
        assert again.created == again.total - 1


def _killed(dump):
    """A step that dies after it wrote everything; whether there was one."""
    with patch.object(Dump, "advance", side_effect=KeyboardInterrupt):
        try:
            bring_some(dump_id=dump.id, step=dump.step, at=NOON, most=40)
        except KeyboardInterrupt:
            return True
    return False


def _plain(profile):
    return {name: getattr(profile, name) for name in profile.__slots__}
