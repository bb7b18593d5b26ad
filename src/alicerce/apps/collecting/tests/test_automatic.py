"""Pix Automático: authorised while paying, debited on its day, tried again by the rules, and given up with a letter."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as some

from alicerce.apps.billing.models import Charge, GatewayAccount, Invoice, Payment
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.request_charge import request_charge
from alicerce.apps.billing.tests.conftest import letters
from alicerce.apps.billing.tests.factories import a_payment, an_account, an_invoice
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.collecting.errors import AlreadyAuthorized, AutomaticNotOffered, LimitTooLow
from alicerce.apps.collecting.models import Debit, Mandate
from alicerce.apps.collecting.public import debited_until
from alicerce.apps.collecting.rules.debiting import (
    RETRY_AFTER_DAYS,
    ask_at,
    cycle_of,
    next_day,
)
from alicerce.apps.collecting.services.ask_mandate import ask_mandate
from alicerce.apps.collecting.services.follow_mandate import look_at_mandate
from alicerce.apps.collecting.services.give_up import give_up_payers
from alicerce.apps.collecting.services.open_mandate import open_mandate
from alicerce.apps.collecting.services.plan_debit import plan_debit
from alicerce.apps.collecting.services.revoke_mandate import revoke_mandate
from alicerce.apps.collecting.services.run_debits import look_at_debit, run_due_debits
from alicerce.apps.collecting.types import EndedBy, MandateLimit
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.notify.models import Message
from alicerce.apps.tenancy.models import Host
from alicerce.kernel import clock as kernel_clock
from alicerce.kernel.http import Unknown
from alicerce.kernel.money import Money
from alicerce.kernel.testing import run_jobs
from alicerce.vendors.pix.brcode import parse
from alicerce.vendors.pix.simulator import pix_app
from alicerce.vendors.simulation.certificates import make_certificates
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store

__all__ = ["letters"]

KEY = "chave@padaria.example"
STARTED = datetime(2026, 11, 2, 15, tzinfo=UTC)
DUE = date(2026, 12, 10)
ROOM = MandateLimit(most_cents=10000)
DAYS = some.dates(min_value=date(2026, 1, 1), max_value=date(2029, 12, 31))


class Psp:
    """A PSP with Pix Automático, and what time it is for whoever asks."""

    def __init__(self, url, app, faults, certificates):
        self.provider, self.faults, self.at = app.state.provider, faults, STARTED
        self.url, self.certificates = url, certificates
        self.provider.clock = lambda: self.at

    @property
    def bank(self):
        return self.provider.automatic

    def connect(self, **settings_):
        pem = self.certificates
        credentials = {
            "client_id": "padaria",
            "client_secret": "segredo",
            "client_cert_pem": pem.client_cert.read_text(),
            "client_key_pem": pem.client_key.read_text(),
            "ca_pem": pem.ca.read_text(),
        }
        automatic = {"agencia": "1", "conta": "12345", "tipoConta": "CORRENTE"}
        return an_account(
            GatewayKind.PIX,
            base_url=self.url,
            token_url=f"{self.url}/oauth/token",
            credentials=credentials,
            settings={"pix_key": KEY, "automatic": automatic, **settings_},
            at=STARTED,
        )

    def go_to(self, day, hour=12):
        """Days pass, and each five minutes' job runs on the last of them."""
        self.at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=hour)
        run_due_debits(at=self.at)
        run_jobs()

    def tell(self, path, body):
        token = GatewayAccount.objects.get().secrets()["hook_token"]
        raw = json.dumps(body).encode()
        answer = Client().post(f"/hooks/pix/{token}/{path}", raw, "application/json")
        assert answer.status_code == 200
        run_jobs()


@pytest.fixture(scope="session")
def pem(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("automatic") / "tls")


@pytest.fixture
def psp(pem, letters, tenant, monkeypatch):
    Host.objects.create(tenant_id=tenant.id, domain="testserver", base_url="https://testserver")
    faults = Faults()
    app = pix_app(
        Store(None),
        faults,
        client_id="padaria",
        client_secret="segredo",
        pix_key=KEY,
        receiver_name="Padaria Hospedagem",
        receiver_city="Curitiba",
        token_seconds=10**9,
    )
    with running(app, pem, mutual=True) as url:
        psp = Psp(url, app, faults, pem)
        monkeypatch.setattr(kernel_clock, "wall", lambda: psp.at)
        yield psp
    app.state.provider.close()


def authorised(psp, customer=None, limit=ROOM):
    """Someone whose bank was asked by a code of its own, and who agreed."""
    if not GatewayAccount.objects.exists():
        psp.connect()
    customer = customer or a_customer()
    mandate_id = ask_mandate(customer_id=customer.id, limit=limit, at=psp.at)
    run_jobs()
    psp.bank.authorise(Mandate.objects.get(pk=mandate_id).external_id, journey=2)
    look_at_mandate(mandate_id=mandate_id, at=psp.at)
    return Mandate.objects.get(pk=mandate_id)


def owed(mandate, due_on=DUE, cents=4990):
    return an_invoice(Money(cents), customer_id=mandate.customer_id, due_on=due_on, at=STARTED)


def scheduled(psp, **given):
    """An invoice that a bank is to debit on its due day."""
    invoice = owed(authorised(psp), **given)
    run_jobs()
    psp.go_to(date(2026, 12, 5))
    return invoice, Debit.objects.get()


def written(template):
    return Message.objects.filter(template=template).count()


class TestAuthorising:
    def test_paying_an_invoice_that_is_due_authorises_the_next_ones(self, psp):
        psp.connect()
        first = an_invoice(due_on=STARTED.date(), at=STARTED)
        page = f"/fatura/{first.token}/pix-automatico/"
        assert "autorizar os próximos" in Client().get(f"/fatura/{first.token}/").text
        assert Client().post(page, {"most": "10,00"}).status_code == 302
        assert not Mandate.objects.exists()  # less than the invoice itself

        Client().post(page, {"most": "99,80"})
        run_jobs()

        mandate = Mandate.objects.get()
        charge = Charge.objects.get()
        code = parse(mandate.code)
        assert (code.url, bool(code.recurrence_url)) == (parse(charge.pix_code).url, True)
        assert mandate.code in Client().get(page).text
        (e2eid,) = psp.provider.pay(charge.external_id)
        psp.tell("pix", {"pix": [psp.provider.pix(e2eid)]})
        psp.tell("rec", {"recs": [{"idRec": mandate.external_id}]})
        mandate.refresh_from_db()
        assert (mandate.status, mandate.journey) == ("approved", "paying")
        assert Invoice.objects.get(pk=first.id).status == "paid"
        assert written("mandate_approved") == 1
        assert "Pix Automático autorizado" in Client().get(page).text

    def test_what_is_due_later_is_paid_first_and_authorising_is_offered(self, psp):
        psp.connect()
        later = an_invoice(due_on=DUE, at=STARTED)
        ask_mandate(customer_id=later.customer_id, invoice_id=later.id, limit=ROOM, at=STARTED)
        run_jobs()

        mandate, charge = Mandate.objects.get(), Charge.objects.get()
        assert (mandate.journey, charge.due is not None) == ("offered", True)
        psp.provider.pay(charge.external_id)
        look_at_mandate(mandate_id=mandate.id, at=STARTED)
        assert Mandate.objects.get().status == "open"

    def test_a_lost_answer_makes_no_second_one(self, psp):
        psp.connect()
        psp.faults.arm("execute_then_drop", match="pix.post_rec")
        mandate_id = ask_mandate(customer_id=a_customer().id, limit=ROOM, at=STARTED)
        with pytest.raises(Unknown):
            open_mandate(mandate_id=mandate_id, at=STARTED)

        open_mandate(mandate_id=mandate_id, at=STARTED)

        assert len(psp.bank.recurrences(start=STARTED, end=STARTED)) == 1
        assert Mandate.objects.get().status == "open"

    def test_is_refused_where_it_makes_no_sense(self, psp):
        customer = a_customer()
        with pytest.raises(AutomaticNotOffered):
            ask_mandate(customer_id=customer.id, limit=ROOM, at=STARTED)
        authorised(psp, customer)
        with pytest.raises(AlreadyAuthorized):
            ask_mandate(customer_id=customer.id, limit=ROOM, at=STARTED)
        with pytest.raises(LimitTooLow):
            ask_mandate(customer_id=a_customer().id, limit=MandateLimit(), at=STARTED)

    def test_refused_by_its_payer_it_is_over(self, psp):
        psp.connect()
        ask_mandate(customer_id=a_customer().id, limit=ROOM, at=STARTED)
        run_jobs()
        name = Mandate.objects.get().external_id
        psp.bank.reject(name)

        psp.tell("rec", {"recs": [{"idRec": name, "status": "APROVADA"}]})

        assert Mandate.objects.get().status == "rejected"


class TestDebiting:
    def test_asked_for_in_its_days_once_paid_on_its_day_and_booked_once(self, psp):
        invoice = owed(authorised(psp))
        run_jobs()
        debit = Debit.objects.get()
        assert (debit.status, debit.next_at.date()) == ("planned", date(2026, 12, 5))
        psp.go_to(date(2026, 12, 4))
        assert not psp.bank.debits()

        for _ in range(2):
            psp.go_to(date(2026, 12, 5))
            run_due_debits(at=psp.at)

        [asked] = psp.bank.debits()
        assert asked["calendario"]["dataDeVencimento"] == "2026-12-10"
        assert debited_until(invoice.id, at=psp.at).date() == DUE
        assert "O banco debita em" in Client().get(f"/fatura/{invoice.token}/").text
        psp.at = datetime(2026, 12, 10, 12, tzinfo=UTC)
        psp.bank.settle(asked["txid"])
        for _ in range(2):
            psp.tell("cobr", {"cobsr": [{"txid": asked["txid"]}]})
        psp.go_to(DUE)
        payment = Payment.objects.get(invoice=invoice)
        assert payment.amount_cents == 4990
        assert Invoice.objects.get(pk=invoice.id).status == "paid"
        assert Debit.objects.get().status == "paid"

    def test_a_lost_answer_asks_no_second_time(self, psp):
        owed(authorised(psp))
        run_jobs()
        psp.faults.arm("execute_then_drop", match="pix.put_cobr")

        with pytest.raises(Unknown):
            psp.go_to(date(2026, 12, 5))
        request_charge(charge_id=Charge.objects.get().id, at=psp.at)

        assert len(psp.bank.debits()) == 1
        assert Charge.objects.get().status == "awaiting"

    def test_without_funds_it_is_tried_again_and_pays(self, psp):
        invoice, debit = scheduled(psp)
        txid = Charge.objects.get().external_id
        psp.at = datetime(2026, 12, 11, 1, tzinfo=UTC)
        psp.bank.settle(txid, funds=False)
        psp.faults.arm("execute_then_drop", match="pix.post_retentativa")
        with pytest.raises(Unknown):
            look_at_debit(debit_id=debit.id, at=psp.at)

        look_at_debit(debit_id=debit.id, at=psp.at)

        tries = psp.bank.debit(txid)["tentativas"]
        assert [one["dataLiquidacao"] for one in tries] == ["2026-12-10", "2026-12-12"]
        debit.refresh_from_db()
        assert (debit.status, debit.tries, written("debit_retry")) == ("scheduled", 2, 1)
        psp.at = datetime(2026, 12, 12, 12, tzinfo=UTC)
        psp.bank.settle(txid)
        psp.go_to(date(2026, 12, 12), hour=13)
        assert Invoice.objects.get(pk=invoice.id).status == "paid"
        assert Payment.objects.filter(invoice=invoice).count() == 1

    def test_after_four_days_without_funds_it_is_an_ordinary_pix(self, psp):
        invoice, debit = scheduled(psp)
        txid = Charge.objects.get().external_id
        for day in (10, 12, 14, 17):
            psp.at = datetime(2026, 12, day, 23, tzinfo=UTC)
            psp.bank.settle(txid, funds=False)
            look_at_debit(debit_id=debit.id, at=psp.at)
        run_jobs()

        debit.refresh_from_db()
        assert (debit.status, debit.tries, debit.reason) == ("failed", 4, "expired")
        assert (written("debit_retry"), written("debit_failed")) == (3, 1)
        assert debited_until(invoice.id, at=psp.at) is None

    def test_rejected_for_good_it_is_not_tried_again(self, psp):
        _invoice, debit = scheduled(psp)
        txid = Charge.objects.get().external_id
        psp.bank.settle(txid, code="AC05")

        psp.tell("cobr", {"cobsr": [{"txid": txid}]})

        debit.refresh_from_db()
        assert (debit.status, debit.reason, written("debit_failed")) == ("failed", "AC05", 1)

    def test_who_pays_before_is_not_debited(self, psp):
        invoice, debit = scheduled(psp)
        account = GatewayAccount.objects.get()

        book_payment(account_id=account.id, paid=a_payment(invoice.id), at=psp.at)
        run_jobs()

        assert psp.bank.debits()[0]["status"] == "CANCELADA"
        debit.refresh_from_db()
        assert debit.status == "dropped"

    def test_what_cannot_be_debited_says_why_and_goes_the_ordinary_way(self, psp):
        mandate = authorised(psp)
        over, soon = owed(mandate, cents=10001), owed(mandate, due_on=date(2026, 11, 3))
        first, second = owed(mandate), owed(mandate, due_on=date(2026, 12, 20))

        planned = [plan_debit(invoice_id=x.id, at=STARTED) for x in (over, soon, first, second)]

        assert planned == [False, False, True, False]
        reasons = Debit.objects.order_by("id").values_list("reason", flat=True)
        assert list(reasons) == ["over_limit", "too_late", "", "cycle_taken"]
        assert written("debit_failed") == 3


class TestEnding:
    @pytest.mark.parametrize("by", [EndedBy.CUSTOMER, EndedBy.COMPANY])
    def test_both_may_end_it_and_the_bank_is_told(self, psp, by):
        _invoice, _debit = scheduled(psp)
        mandate = Mandate.objects.get()

        assert revoke_mandate(mandate_id=mandate.id, by=by, at=psp.at)
        assert not revoke_mandate(mandate_id=mandate.id, by=by, at=psp.at)
        run_jobs()

        assert psp.bank.recurrence(mandate.external_id)["status"] == "CANCELADA"
        assert psp.bank.debits()[0]["status"] == "CANCELADA"
        mandate.refresh_from_db()
        assert (mandate.ended_by, mandate.is_unwanted) == (by, False)
        assert written("mandate_ended") == 1
        assert Debit.objects.get().reason == "mandate_over"

    def test_ended_at_the_bank_it_is_over_here(self, psp):
        mandate = authorised(psp)
        owed(mandate)
        run_jobs()
        psp.bank.cancel(mandate.external_id, by="USUARIO_PAGADOR", code="SLDB")

        psp.tell("rec", {"recs": [{"idRec": mandate.external_id}]})

        mandate.refresh_from_db()
        assert (mandate.status, mandate.ended_by, mandate.reason) == (
            "ended",
            "customer",
            "SLDB",
        )
        assert (Debit.objects.get().reason, written("mandate_ended")) == ("mandate_over", 1)


class TestGivingUp:
    def test_who_is_erased_is_debited_by_nobody_and_named_by_nothing(self, psp, published):
        mandate = authorised(psp)
        other = a_customer(email="outra@exemplo.com.br")
        asked = ask_mandate(customer_id=other.id, limit=ROOM, at=psp.at)
        owed(mandate)
        run_jobs()
        erased = [mandate.customer_id, other.id]
        published.clear()

        for _ in range(2):
            give_up_payers(customer_ids=erased, at=psp.at)
        told = [fact for fact in published if fact.name.startswith(("mandate", "debit"))]
        run_jobs()

        assert psp.bank.recurrence(mandate.external_id)["status"] == "CANCELADA"
        assert [fact.name for fact in told] == ["mandate.unwanted"] * 2, "each once"
        assert not any(str(customer_id) in str(told) for customer_id in erased)
        assert written("mandate_ended") + written("debit_failed") == 0
        rows = Mandate.objects.filter(pk__in=[mandate.id, asked])
        assert set(rows.values_list("status", "is_unwanted")) == {("ended", False)}
        assert Debit.objects.get().status == "dropped"


class TestRules:
    @given(day=DAYS, days_ahead=some.integers(min_value=0, max_value=60))
    @settings(max_examples=60, deadline=None)
    def test_asked_for_ten_to_two_days_before_or_not_at_all(self, day, days_ahead):
        at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=15)
        on = day + timedelta(days=days_ahead)

        asked = ask_at(on, at=at)

        assert (asked is None) == (days_ahead < 2)
        assert asked is None or 2 <= (on - asked.date()).days <= max(5, 2) or asked == at
        assert asked is None or asked >= at

    @given(first=DAYS, gaps=some.lists(some.integers(min_value=0, max_value=3), max_size=5))
    @settings(max_examples=60, deadline=None)
    def test_tried_again_on_three_days_of_seven_at_most(self, first, gaps):
        tried, today = [first], first
        for gap in [*gaps, 0, 0, 0, 0]:
            today += timedelta(days=gap)
            if (on := next_day(first, tried, today=today)) is None:
                break
            assert today < on <= first + timedelta(days=7)
            tried.append(on)
            today = on
        assert len(tried) <= 1 + len(RETRY_AFTER_DAYS)
        assert len(set(tried)) == len(tried)

    @given(begins=DAYS, day=DAYS)
    @settings(max_examples=100, deadline=None)
    def test_a_day_is_in_one_cycle_that_began_before_it(self, begins, day):
        cycle = cycle_of(begins, day)

        assert cycle <= day < cycle + timedelta(days=32)
        assert cycle_of(begins, cycle) == cycle
