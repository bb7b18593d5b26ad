"""Many at once, on connections of their own and data that is really there: still one of each."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection, connections
from psycopg import sql

from alicerce.apps.billing.errors import (
    NotCreditable,
    NotEnoughBalance,
    NotRefundable,
    NotUnclaimed,
)
from alicerce.apps.billing.models import (
    Charge,
    CreditNote,
    Invoice,
    Notice,
    Payment,
    Refund,
    Ruling,
    Wallet,
)
from alicerce.apps.billing.queries.deferred import deferred_difference
from alicerce.apps.billing.queries.payments import wallet_balance
from alicerce.apps.billing.services.attribute_payment import give_to_customer
from alicerce.apps.billing.services.begin_charge import begin_charge
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.receive_notice import receive_notice
from alicerce.apps.billing.services.recognize import recognize
from alicerce.apps.billing.services.use_wallet import use_wallet
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.tests.factories import (
    NOON,
    a_paid_invoice,
    a_payment,
    an_account,
    an_invoice,
    give_credit,
)
from alicerce.apps.billing.types import NewLine, PaymentMethod
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.ledger.models import LedgerTransaction
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.apps.tenancy.tests.factories import a_tenant
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money

CROWD = 50
AT_ONCE = 8

TABLES = """
    select distinct c.table_name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
        and (c.column_name = 'tenant_id' or c.table_name = 'tenancy_tenant')
"""
ALWAYS = """
    select c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where t.tgenabled = 'A' and not t.tgisinternal
"""


@pytest.fixture
def company(django_db_setup, django_db_blocker):
    """A tenant whose rows are committed, and every trace of it removed afterwards."""
    with django_db_blocker.unblock():
        tenant = a_tenant(f"corrida-{uuid7().hex[-8:]}")
        try:
            with acting(tenant_id=tenant.id):
                yield tenant
        finally:
            _forget(tenant)
            connections.close_all()


def _forget(tenant):
    admin = urlsplit(os.environ["ALICERCE_TEST_ADMIN_URL"])
    name = connection.settings_dict["NAME"]
    with psycopg.connect(admin._replace(path=f"/{name}").geturl()) as superuser:
        superuser.execute("set session_replication_role = replica")
        always = superuser.execute(ALWAYS).fetchall()
        _alter(superuser, sql.SQL("alter table {} disable trigger {}"), always)
        _delete_rows(superuser, tenant)
        _alter(superuser, sql.SQL("alter table {} enable always trigger {}"), always)


def _alter(superuser, statement, triggers):
    for names in triggers:
        superuser.execute(statement.format(*map(sql.Identifier, names)))


def _delete_rows(superuser, tenant):
    for (table,) in superuser.execute(TABLES).fetchall():
        column = "id" if table == "tenancy_tenant" else "tenant_id"
        statement = sql.SQL("delete from {} where {} = %s")
        names = map(sql.Identifier, (table, column))
        superuser.execute(statement.format(*names), [tenant.id])
    queued = "delete from pgqueuer where headers->>'tenant' = %s"
    superuser.execute(queued, [str(tenant.id)])


def crowd(company, act, *, times=CROWD):
    """What each of so many simultaneous attempts ended with."""
    start = threading.Barrier(AT_ONCE)

    def attempt(turn):
        if turn < AT_ONCE:
            start.wait(timeout=10)
        try:
            with acting(tenant_id=company.id):
                return act(turn)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(attempt, range(times)))


def looking(query):
    with transaction():
        return query()


class TestTogether:
    def test_invoices_get_every_number_once_and_none_is_left_out(self, company):
        customer_id = looking(lambda: a_customer().id)

        def issue(turn):
            with transaction():
                invoice = an_invoice(customer_id=customer_id)
                if turn % 5 == 0:
                    transaction_failed()
                return invoice.number

        def attempt(turn):
            try:
                return issue(turn)
            except Failed:
                return None

        numbers = [number for number in crowd(company, attempt) if number]

        assert sorted(numbers) == list(range(1, len(numbers) + 1))

    def test_one_payment_told_fifty_times_is_booked_once(self, company):
        invoice, account = looking(an_invoice), looking(an_account)
        paid = a_payment(invoice.id)

        booked = crowd(
            company, lambda _: book_payment(account_id=account.id, paid=paid, at=NOON)
        )

        assert booked.count(True) == 1
        assert looking(Payment.objects.count) == 1
        assert looking(lambda: Invoice.objects.get().status) == "paid"
        assert looking(LedgerTransaction.objects.count) == 2
        assert ledger_imbalance() == 0

    def test_one_unknown_payment_told_fifty_times_is_booked_once(self, company):
        account, paid = looking(an_account), a_payment()

        booked = crowd(
            company, lambda _: book_payment(account_id=account.id, paid=paid, at=NOON)
        )

        assert booked.count(True) == 1
        assert looking(Payment.objects.count) == 1
        payment_id = looking(lambda: Payment.objects.get().id)
        owners = [looking(lambda: a_customer().id) for _ in range(AT_ONCE)]

        def give(turn):
            said = {"customer_id": owners[turn % AT_ONCE], "cents": paid.amount.cents}
            try:
                return give_to_customer(payment_id=payment_id, reason="x", at=NOON, **said)
            except NotUnclaimed:
                return None

        assert len(list(filter(None, crowd(company, give, times=2 * AT_ONCE)))) == 1
        assert looking(lambda: sum(one.balance_cents for one in Wallet.objects.all())) == 4990
        assert ledger_imbalance() == 0

    def test_many_payments_of_one_invoice_settle_it_once(self, company):
        invoice, account = looking(an_invoice), looking(an_account)

        crowd(
            company,
            lambda _: book_payment(account_id=account.id, paid=a_payment(invoice.id), at=NOON),
            times=16,
        )

        fits = looking(lambda: sorted(Payment.objects.values_list("fit", flat=True)))
        assert fits == ["applied"] + ["credited"] * 15
        assert ledger_imbalance() == 0

    def test_one_notice_told_fifty_times_is_kept_once(self, company):
        account = looking(an_account)

        kept = crowd(
            company,
            lambda _: receive_notice(
                account_id=account.id, external_key="evt_1", raw=b"{}", headers={}, at=NOON
            ),
        )

        assert kept.count(True) == 1
        assert looking(Notice.objects.count) == 1

    def test_one_click_too_many_begins_one_charge(self, company):
        invoice = looking(an_invoice)
        looking(an_account)

        charges = crowd(
            company,
            lambda _: begin_charge(
                invoice_id=invoice.id,
                method=PaymentMethod.PIX,
                return_url="https://x/",
                at=NOON,
            ),
            times=16,
        )

        assert len(set(charges)) == 1
        assert looking(Charge.objects.count) == 1

    def test_two_debits_of_one_balance_and_one_wins(self, company):
        customer_id = looking(lambda: a_customer().id)
        looking(lambda: Ruling.objects.create(uses_wallet=False))
        looking(lambda: give_credit(customer_id, Money(20000)))
        invoices = [
            looking(lambda: an_invoice(Money(15000), customer_id=customer_id).id)
            for _ in range(AT_ONCE)
        ]

        def debit(turn):
            try:
                return use_wallet(invoice_id=invoices[turn], cents=15000, at=NOON)
            except NotEnoughBalance:
                return None

        done = crowd(company, debit, times=AT_ONCE)

        assert done.count(Money(15000)) == 1
        assert looking(lambda: wallet_balance(customer_id)) == (Money(5000),)
        assert ledger_imbalance() == 0

    def test_payments_and_uses_of_one_customer_never_wait_in_a_circle(self, company):
        account = looking(an_account)
        customer_id = looking(lambda: a_customer().id)
        invoices = [looking(lambda: an_invoice(customer_id=customer_id).id) for _ in range(4)]

        def act(turn):
            invoice_id = invoices[turn % 4]
            try:
                if turn % 3 == 0:
                    return use_wallet(invoice_id=invoice_id, at=NOON)
                if turn % 3 == 1:
                    return void_invoice(invoice_id=invoice_id, at=NOON)
                paid = a_payment(invoice_id, amount=Money(1000))
                return book_payment(account_id=account.id, paid=paid, at=NOON)
            except Refused:
                return None

        crowd(company, act, times=24)

        assert ledger_imbalance() == 0
        drawn = looking(lambda: {row.balance for row in Wallet.objects.all()})
        assert looking(lambda: set(wallet_balance(customer_id))) == drawn - {Money(0)}

    def test_two_full_refunds_of_one_payment_and_one_wins(self, company):
        account = looking(an_account)
        looking(lambda: a_paid_invoice(account=account))
        payment_id = looking(lambda: Payment.objects.get().id)

        def give_back(turn):
            try:
                return begin_refund(payment_id=payment_id, cents=4990, reason="x", at=NOON)
            except NotRefundable:
                return None

        done = crowd(company, give_back, times=16)

        assert len([one for one in done if one]) == 1
        assert looking(Refund.objects.count) == 1

    def test_parts_given_back_at_once_never_sum_to_more_than_came(self, company):
        account = looking(an_account)
        looking(lambda: a_paid_invoice(account=account))
        payment_id = looking(lambda: Payment.objects.get().id)

        def give_back(turn):
            cents = 700 + 100 * (turn % 3)
            try:
                begin_refund(payment_id=payment_id, cents=cents, reason="x", at=NOON)
            except NotRefundable:
                return 0
            return cents

        given = sum(crowd(company, give_back, times=24))

        rows = looking(lambda: list(Refund.objects.values_list("amount_cents", flat=True)))
        assert sum(rows) == given
        assert 4990 - 700 < given <= 4990
        assert ledger_imbalance() == 0

    def test_days_that_pass_while_invoices_open_and_are_credited_are_earned_once(self, company):
        """Recognition by many, sales and corrections, at once: rows and ledger say the same."""
        customer_id = looking(lambda: a_customer().id)
        first = NOON.date()
        line = NewLine(
            "Hospedagem",
            1,
            Money(36_500),
            starts_on=first,
            ends_on=first + timedelta(days=365),
        )
        invoices = [
            looking(lambda: an_invoice(lines=[line], customer_id=customer_id).id)
            for _ in range(3)
        ]

        def act(turn):
            later = NOON + timedelta(days=1 + turn // 4)
            if turn % 4 in {0, 1}:
                return recognize(at=later)
            if turn % 4 == 2:
                return an_invoice(lines=[line], customer_id=customer_id, at=later) and 0
            credit_invoice(
                invoice_id=invoices[turn % 3], wanted=[Credited(100, 1)], reason="x", at=later
            )
            return 0

        crowd(company, lambda turn: looking(lambda: act(turn)), times=24)
        recognize(at=NOON + timedelta(days=7))

        with transaction():
            assert deferred_difference() == {}
            days = LedgerTransaction.objects.filter(kind="revenue.recognized")
            posted = list(days.values_list("correlation_key", flat=True))
        assert len(posted) == len(set(posted)) == 7
        assert ledger_imbalance() == 0

    def test_credit_notes_get_every_number_once(self, company):
        invoice_id = looking(lambda: an_invoice(Money(1000)).id)

        def credit(turn):
            try:
                return credit_invoice(
                    invoice_id=invoice_id, wanted=[Credited(100)], reason="x", at=NOON
                )
            except NotCreditable:
                return None

        crowd(company, credit, times=16)

        numbers = looking(lambda: sorted(CreditNote.objects.values_list("number", flat=True)))
        assert numbers == list(range(1, 11))
        assert looking(lambda: Invoice.objects.get().status) == "void"

    def test_an_unbalanced_movement_is_not_committed(self, company):
        def post():
            LedgerTransaction.post(kind="test", key="k", postings=[], at=NOON)

        with pytest.raises(Exception, match="does not balance"):
            looking(post)

        assert looking(LedgerTransaction.objects.count) == 0
        assert Money(0).cents == ledger_imbalance()


class Failed(Exception):
    pass


def transaction_failed():
    raise Failed
