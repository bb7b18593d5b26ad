"""The books balance because the database will not have them otherwise."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from alicerce.apps.ledger import public as ledger
from alicerce.apps.ledger.models import LedgerEntry, LedgerTransaction
from alicerce.apps.ledger.queries.balances import ledger_imbalance
from alicerce.apps.ledger.types import Posting
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.money import Money

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


def post(*postings, key="k"):
    ledger.post(kind="test", key=key, postings=postings, at=NOON)


def a_movement():
    post(Posting("a", Money(5)), Posting("b", Money(-5)))


@contextmanager
def refused_at_commit():
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012
        yield
        with connection.cursor() as cursor, showing_rows_of(None):
            cursor.execute("set constraints all immediate")


class TestLedger:
    def test_takes_a_movement_that_balances(self, tenant):
        post(Posting("a", Money(5)), Posting("b", Money(-3)), Posting("c", Money(-2)))

        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
        assert ledger_imbalance() == 0

    def test_refuses_one_that_does_not(self, tenant):
        with refused_at_commit():
            post(Posting("a", Money(5)), Posting("b", Money(-4)))

    def test_refuses_currencies_that_only_balance_together(self, tenant):
        with refused_at_commit():
            post(Posting("a", Money(5)), Posting("b", Money(-5, "USD")))

    def test_refuses_an_empty_one(self, tenant):
        with refused_at_commit():
            post()

    def test_refuses_a_side_added_later(self, tenant):
        a_movement()
        movement = LedgerTransaction.objects.get()

        with refused_at_commit():
            LedgerEntry.objects.create(
                transaction=movement, account="wallet", amount_cents=1, currency="BRL"
            )

    def test_refuses_the_same_movement_twice(self, tenant):
        post(Posting("a", Money(5)), Posting("b", Money(-5)))

        with pytest.raises(IntegrityError), transaction.atomic():
            post(Posting("a", Money(5)), Posting("b", Money(-5)))

    @pytest.mark.parametrize("verb", ["update", "delete", "truncate"])
    @pytest.mark.parametrize("table", ["ledger_ledgerentry", "ledger_ledgertransaction"])
    def test_is_written_once(self, tenant, table, verb):
        a_movement()
        statements = {
            "update": "update {} set created_at = now()",
            "delete": "delete from {}",
            "truncate": "truncate {}",
        }

        with (
            pytest.raises((ProgrammingError, DatabaseError)),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statements[verb].format(table))
        assert LedgerEntry.objects.count() == 2

    def test_of_the_neighbour_is_not_there(self, tenant, other_tenant):
        with other_tenant:
            a_movement()

        assert not LedgerEntry.objects.exists()
        assert not LedgerTransaction.objects.exists()
