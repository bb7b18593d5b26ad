"""A transaction shows the rows of one tenant, and what it believed before comes back."""

from uuid import UUID

import pytest
from django.db import connection
from django.db import transaction as django_transaction

from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of, transaction

ONE, OTHER = UUID(int=1), UUID(int=2)


def shown() -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('app.tenant_id', true)")
        return UUID(cursor.fetchone()[0])


@pytest.fixture
def one(db):
    with acting(tenant_id=ONE), transaction():
        yield


class TestTransaction:
    def test_shows_the_tenant_that_acts(self, one):
        assert shown() == ONE

    def test_shows_nobody_afterwards(self, db):
        with acting(tenant_id=ONE), transaction():
            pass

        assert shown() == UUID(int=0)

    def test_of_the_same_tenant_inside_another_changes_nothing(
        self, one, django_assert_num_queries
    ):
        with django_assert_num_queries(2), transaction():  # the savepoint and its release
            pass
        assert shown() == ONE

    def test_of_another_tenant_gives_the_first_back(self, one):
        with acting(tenant_id=OTHER), transaction():
            assert shown() == OTHER
        assert shown() == ONE

    def test_that_fails_gives_the_first_back(self, one):
        self.fail_as(OTHER)

        assert shown() == ONE
        with transaction():
            assert shown() == ONE

    def test_that_fails_alone_leaves_nobody(self, db):
        self.fail_as(ONE)

        assert shown() == UUID(int=0)
        with acting(tenant_id=ONE), transaction():
            assert shown() == ONE

    def fail_as(self, tenant_id: UUID) -> None:
        with (
            pytest.raises(ZeroDivisionError),
            django_transaction.atomic(),
            acting(tenant_id=tenant_id),
            transaction(),
        ):
            raise ZeroDivisionError


class TestShowingRowsOf:
    def test_outside_of_a_transaction_begins_none(self, django_db_setup, django_db_blocker):
        with django_db_blocker.unblock():
            try:
                with showing_rows_of(ONE), connection.cursor() as cursor:
                    cursor.execute("select 1")
                with django_transaction.atomic():
                    assert connection.in_atomic_block
            finally:
                connection.close()
