"""What every payment gateway promises, against a provider over real HTTP."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from alicerce.apps.billing.adapters.pix import PixGateway
from alicerce.apps.billing.adapters.stripe import StripeGateway
from alicerce.apps.billing.ports import ChargeOrder, Gateway, RefundOrder
from alicerce.apps.billing.rules.due_charges import due_terms, fee_on, last_moment
from alicerce.apps.billing.types import ChargeStatus, Interval, PaymentMethod, Renewal
from alicerce.apps.billing.types.corrections import BillingRules, RefundStatus
from alicerce.apps.billing.types.due import PaidParts
from alicerce.apps.customers.types import AddressCard, AddressKind, CustomerCard
from alicerce.kernel.http import Refusal, Unavailable, Unknown
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money
from alicerce.vendors.pix import brcode
from alicerce.vendors.pix.client import PixClient
from alicerce.vendors.pix.settings import PixSettings
from alicerce.vendors.pix.simulator import NotPayable as NotPayablePix
from alicerce.vendors.pix.simulator import pix_app
from alicerce.vendors.simulation.certificates import make_certificates
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.stripe.client import StripeClient
from alicerce.vendors.stripe.simulator import NotPayable, stripe_app

TENANT = UUID("01890000-0000-7000-8000-000000000001")
KEY = "chave@padaria.example"
SECRET_KEY = "sk_test_padaria"
PRICE = Money(4990)
HOME = AddressCard(
    uuid7(), AddressKind.BILLING, "80010000", "Rua XV", "10", "", "Centro", "Curitiba", "PR"
)


@dataclass
class House:
    """A provider with our account in it, and a payer at its door."""

    gateway: Gateway
    provider: Any
    faults: Faults
    making: str
    refunding: str
    made: Callable[[], list[str]]
    url: str
    settings: Any = None

    def order(self, **changes: Any) -> ChargeOrder:
        now = datetime.now(UTC)
        charge_id = uuid7()
        order = ChargeOrder(
            charge_id=charge_id,
            tenant_id=TENANT,
            invoice_id=uuid7(),
            attempt=1,
            amount=PRICE,
            external_id="",
            idempotency_key=f"key:{charge_id}",
            begun_at=now,
            expires_at=now + timedelta(hours=1),
            return_url="https://padaria.example/pedido/x/",
            description="Padaria · Fatura nº 1",
            payer=CustomerCard(
                uuid7(), "Renata Souza", "renata@example.com", "52998224725", "cpf", "pt-br"
            ),
            renewal=None,
        )
        order = replace(order, **changes)
        return replace(order, external_id=self.gateway.external_id(order))

    def requested(self, **changes: Any) -> ChargeOrder:
        """An order whose charge exists at the provider."""
        order = self.order(**changes)
        return replace(order, external_id=self.gateway.request(order).external_id)

    def paid(self) -> Any:
        """What the provider tells of a charge that was paid."""
        order = self.requested()
        self.provider.pay(order.external_id)
        (paid,) = self.gateway.find(order).payments  # type: ignore[union-attr]
        return paid

    def refund(self, paid: Any, amount: Money = PRICE, **changes: Any) -> RefundOrder:
        refund_id = uuid7()
        order = RefundOrder(
            refund_id=refund_id,
            tenant_id=TENANT,
            payment_reference=paid.reference,
            amount=amount,
            external_id="",
            idempotency_key=f"key:{refund_id}",
            description="Padaria · Fatura nº 1",
        )
        order = replace(order, **changes)
        return replace(order, external_id=self.gateway.refund_name(order))

    def let_refunds_wait(self) -> None:
        """Until `end_refund` says what becomes of them."""
        if hasattr(self.provider, "refunds"):
            self.provider.refunds.waits = True
        else:
            self.provider.refund_seconds = 3600

    def end_refund(self, paid: Any, name: str, *, succeeded: bool) -> None:
        if hasattr(self.provider, "refunds"):
            self.provider.refunds.settle(name, succeeded=succeeded)
        else:
            self.provider.settle_refund(paid.reference, name, succeeded=succeeded)

    def paid_since(self, order: ChargeOrder) -> list[Any]:
        """All payments the provider lists."""
        names = self.gateway.readings_since(
            order.begun_at - timedelta(minutes=1), datetime.now(UTC) + timedelta(minutes=1)
        )
        return [paid for name in names for paid in self.gateway.read(name).payments]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory) -> Any:
    return make_certificates(tmp_path_factory.mktemp("gateway") / "tls")


@pytest.fixture
def pix(certificates) -> Iterator[House]:
    faults = Faults()
    app = pix_app(
        Store(None),
        faults,
        client_id="padaria",
        client_secret="segredo",
        pix_key=KEY,
        receiver_name="Padaria Hospedagem",
        receiver_city="Curitiba",
    )
    with running(app, certificates, mutual=True) as url:
        settings = PixSettings(
            base_url=url,
            token_url=f"{url}/oauth/token",
            client_id="padaria",
            client_secret="segredo",
            client_cert_pem=certificates.client_cert.read_text(),
            client_key_pem=certificates.client_key.read_text(),
            ca_pem=certificates.ca.read_text(),
            pix_key=KEY,
        )
        with PixClient(settings, timeout=2) as client:
            gateway = PixGateway(client, receiver="Padaria", city="Curitiba", pix_key=KEY)
            provider = app.state.provider
            yield House(
                gateway,
                provider,
                faults,
                "put_cob",
                "put_devolucao",
                lambda: [charge["txid"] for charge in provider.charges()],
                url,
                settings,
            )
    app.state.provider.close()


@pytest.fixture
def stripe() -> Iterator[House]:
    faults = Faults()
    app = stripe_app(Store(None), faults, secret_key=SECRET_KEY)
    with running(app) as url, StripeClient(SECRET_KEY, base_url=url, timeout=2) as client:
        gateway = StripeGateway(client, tenant_id=TENANT, livemode=False)
        provider = app.state.provider
        yield House(
            gateway,
            provider,
            faults,
            "create_session",
            "create_refund",
            lambda: [session["id"] for session in provider.sessions()],
            url,
        )
    app.state.provider.close()


@pytest.fixture(params=["pix", "stripe"])
def house(request) -> House:
    return request.getfixturevalue(request.param)


class TestGateway:
    def test_gives_the_customer_something_to_pay_with(self, house):
        made = house.gateway.request(house.order())

        assert made.pix_code or made.redirect_url.startswith("http")
        assert made.external_id
        assert made.expires_at > datetime.now(UTC)

    def test_makes_one_charge_however_often_it_is_asked(self, house):
        order = house.order()

        names = {house.gateway.request(order).external_id for _ in range(3)}

        assert len(names) == 1

    def test_finds_out_what_became_of_a_lost_answer(self, house):
        order = house.order()
        house.faults.arm("execute_then_drop", match=house.making)

        with pytest.raises(Unknown):
            house.gateway.request(order)
        found = house.gateway.find(order)
        made = found.charge if found else house.gateway.request(order)

        assert made.external_id in house.made()
        assert len(house.made()) == 1

    def test_finds_nothing_that_was_never_asked_for(self, house):
        assert house.gateway.find(house.order()) is None

    def test_tells_of_a_payment_with_our_own_names(self, house):
        order = house.requested()
        house.provider.pay(order.external_id)

        (paid,) = house.gateway.find(order).payments

        assert paid.amount == PRICE
        assert paid.external_id == order.external_id
        assert paid.method in set(PaymentMethod)
        assert [p.reference for p in house.paid_since(order)] == [paid.reference]

    def test_tells_what_was_really_paid(self, house):
        order = house.requested()
        house.provider.pay(order.external_id, Money(5100))

        assert [paid.amount for paid in house.paid_since(order)] == [Money(5100)]

    def test_lists_nothing_that_was_not_paid(self, house):
        order = house.requested()

        assert house.paid_since(order) == []
        assert house.gateway.find(order).payments == ()

    def test_names_the_payment_under_which_it_was_read(self, house):
        order = house.requested()
        house.provider.pay(order.external_id)

        (paid,) = house.paid_since(order)

        assert house.gateway.read(paid.read_as).payments == (paid,)

    def test_says_unavailable_when_told_to_slow_down(self, house):
        order = house.order()
        house.faults.arm("429", times=2)

        with pytest.raises(Unavailable):
            house.gateway.request(order)

    def test_is_unsure_after_a_server_error(self, house):
        order = house.requested()
        house.faults.arm("500")

        with pytest.raises(Unknown):
            house.gateway.find(order)

    def test_refuses_what_the_provider_refuses(self, house):
        with pytest.raises(Refusal):
            house.gateway.request(house.order(return_url="nowhere", amount=Money(10**10 * 100)))


class TestRefunds:
    def test_are_told_as_on_their_way_until_they_are_there(self, house):
        house.let_refunds_wait()
        paid = house.paid()
        order = house.refund(paid, Money(990))
        made = house.gateway.refund(order)
        waiting = house.gateway.find_refund(order)

        house.end_refund(paid, made.external_id, succeeded=True)
        there = house.gateway.find_refund(replace(order, external_id=made.external_id))

        assert (made.status, waiting.status) == (RefundStatus.PENDING, RefundStatus.PENDING)
        assert there.status == RefundStatus.SUCCEEDED
        assert (there.amount, there.payment_reference) == (Money(990), paid.reference)

    def test_that_do_not_arrive_are_told_too(self, house):
        house.let_refunds_wait()
        paid = house.paid()
        order = house.refund(paid)
        made = house.gateway.refund(order)

        house.end_refund(paid, made.external_id, succeeded=False)
        found = house.gateway.find_refund(replace(order, external_id=made.external_id))

        assert found.status == RefundStatus.FAILED
        assert found.detail

    def test_are_made_once_however_often_they_are_asked_for(self, house):
        paid = house.paid()
        order = house.refund(paid, Money(2000))

        names = {house.gateway.refund(order).external_id for _ in range(3)}
        rest = house.gateway.refund(house.refund(paid, Money(2990)))

        assert len(names) == 1
        assert rest.external_id not in names

    def test_are_found_after_a_lost_answer(self, house):
        paid = house.paid()
        order = house.refund(paid)
        house.faults.arm("execute_then_drop", match=house.refunding)

        with pytest.raises(Unknown):
            house.gateway.refund(order)
        found = house.gateway.find_refund(order)

        assert found.amount == PRICE
        with pytest.raises(Refusal):
            house.gateway.refund(house.refund(paid, Money(1)))

    def test_that_were_never_asked_for_are_not_there(self, house):
        assert house.gateway.find_refund(house.refund(house.paid())) is None

    def test_of_more_than_was_paid_are_refused(self, house):
        paid = house.paid()
        house.gateway.refund(house.refund(paid, Money(4000)))

        with pytest.raises(Refusal):
            house.gateway.refund(house.refund(paid, Money(991)))

    def test_of_what_was_never_paid_are_refused(self, house):
        paid = replace(house.paid(), reference="E9999901020260901120000000000000")

        with pytest.raises(Refusal):
            house.gateway.refund(house.refund(paid))

    def test_are_unavailable_when_told_to_slow_down(self, house):
        paid = house.paid()
        house.faults.arm("429", match=house.refunding)

        with pytest.raises(Unavailable):
            house.gateway.refund(house.refund(paid))


class TestPix:
    def test_tells_of_refunds_where_it_tells_of_the_payment(self, pix):
        paid = pix.paid()
        pix.provider.refund_seconds = 0
        made = pix.gateway.refund(pix.refund(paid, Money(990)))
        raw = json.dumps({"pix": [pix.provider.pix(paid.reference)]}).encode()

        (reading,) = [pix.gateway.read(name) for name in pix.gateway.readings_in(raw)]

        assert [(one.external_id, one.status) for one in reading.refunds] == [
            (made.external_id, RefundStatus.SUCCEEDED)
        ]

    def test_refuses_a_pix_of_long_ago(self, pix):
        paid = pix.paid()
        pix.provider.clock = lambda: datetime.now(UTC) + timedelta(days=91)

        with pytest.raises(Refusal, match="90 dias"):
            pix.gateway.refund(pix.refund(paid))

    def test_removes_a_code_that_nobody_should_pay(self, pix):
        order = pix.requested()

        pix.gateway.withdraw(order)

        assert pix.gateway.find(order).status == ChargeStatus.EXPIRED
        with pytest.raises(NotPayablePix):
            pix.provider.pay(order.external_id)

    def test_one_with_a_due_date_costs_what_we_said_and_says_of_what_it_is_made(self, pix):
        due_on = datetime.now(UTC).date() + timedelta(days=20)
        rules = BillingRules(fine_basis_points=200, interest_basis_points=100)
        due = due_terms(PRICE.cents, due_on=due_on, on=due_on, rules=rules)
        pix.faults.arm("execute_then_drop", match="put_cobv")
        order = pix.order(due=due, address=HOME, expires_at=last_moment(due))
        with pytest.raises(Unknown):
            pix.gateway.request(order)

        found = pix.gateway.find(order)
        assert found.charge.pix_code
        assert found.charge.expires_at == last_moment(due)
        assert pix.provider.charge(order.external_id)["devedor"]["cep"] == HOME.postal_code

        pix.provider.clock = lambda: last_moment(due) - timedelta(hours=3)
        pix.provider.pay(order.external_id)

        (paid,) = pix.gateway.find(order).payments
        fee = fee_on(due, PRICE.cents, on=(last_moment(due) - timedelta(hours=3)).date())
        assert paid.parts == PaidParts(fee.fine, fee.interest)
        assert paid.amount.cents == PRICE.cents + fee.total

    def test_one_with_a_due_date_is_removed_and_then_over(self, pix):
        due_on = datetime.now(UTC).date() + timedelta(days=20)
        due = due_terms(PRICE.cents, due_on=due_on, on=due_on, rules=BillingRules())
        order = pix.requested(due=due, expires_at=last_moment(due))

        pix.gateway.withdraw(order)

        assert pix.gateway.find(order).status == ChargeStatus.EXPIRED
        with pytest.raises(Refusal):
            pix.gateway.withdraw(order)

    def test_shows_a_code_that_banks_can_read(self, pix):
        code = brcode.parse(pix.gateway.request(pix.order()).pix_code)

        assert code.receiver == "Padaria Hospedagem"
        assert code.url

    def test_tells_two_payments_of_one_charge_apart(self, pix):
        order = pix.requested()
        pix.provider.pay(order.external_id, times=2)

        assert len({paid.reference for paid in pix.gateway.find(order).payments}) == 2

    def test_reads_each_payment_of_a_callback_from_the_provider(self, pix):
        order = pix.requested()
        (e2eid,) = pix.provider.pay(order.external_id)
        forged = pix.provider.pix(e2eid) | {"valor": "1.00"}
        raw = json.dumps({"pix": [forged, forged | {"endToEndId": "E" + "0" * 31}]}).encode()

        readings = [pix.gateway.read(name) for name in pix.gateway.readings_in(raw)]

        assert [paid.amount for reading in readings for paid in reading.payments] == [PRICE]

    def test_registers_where_to_post(self, pix):
        assert pix.gateway.register_hook("http://127.0.0.1:9/hooks/pix/abc") == ""
        assert pix.provider.webhook(KEY)["webhookUrl"].endswith("/hooks/pix/abc")

    def test_does_not_believe_a_page_of_html(self, pix):
        pix.faults.arm("garbage", match="put_cob")

        with pytest.raises(Unknown):
            pix.gateway.request(pix.order())

    def test_refuses_other_currencies(self, pix):
        with pytest.raises(Refusal):
            pix.gateway.request(pix.order(amount=Money(4990, "USD")))

    def test_refuses_a_wrong_secret(self, pix):
        with PixClient(replace(pix.settings, client_secret="outro")) as client:
            gateway = PixGateway(client, receiver="", city="", pix_key=KEY)
            with pytest.raises(Refusal):
                gateway.find(pix.order())


class TestStripe:
    def test_tells_of_refunds_that_somebody_made_there(self, stripe):
        order = stripe.requested()
        stripe.provider.pay(order.external_id)
        (paid,) = stripe.gateway.find(order).payments
        made = stripe.provider.refunds.create(
            {"payment_intent": paid.reference, "amount": "990"}
        )
        events = [e for e in stripe.provider.ledger.all("event") if "refund" in e["type"]]

        names = {n for e in events for n in stripe.gateway.readings_in(json.dumps(e).encode())}
        told = [one for name in names for one in stripe.gateway.read(name).refunds]

        assert names == {f"refund:{made['id']}", f"charge:{made['charge']}"}
        assert {(one.external_id, one.amount, one.refund_id) for one in told} == {
            (made["id"], Money(990), None)
        }
        since = datetime.now(UTC) - timedelta(minutes=1)
        assert names <= set(stripe.gateway.readings_since(since, datetime.now(UTC)))

    def test_leaves_the_refunds_of_another_tenant(self, stripe):
        order = stripe.refund(stripe.paid(), tenant_id=uuid7())
        made = stripe.gateway.refund(order)

        assert stripe.gateway.read(f"refund:{made.external_id}").refunds == ()

    def test_closes_a_page_that_nobody_should_pay(self, stripe):
        order = stripe.requested()

        stripe.gateway.withdraw(order)

        assert stripe.gateway.find(order).status == ChargeStatus.EXPIRED
        with pytest.raises(NotPayable):
            stripe.provider.pay(order.external_id)

    def test_will_not_close_a_page_that_was_paid(self, stripe):
        order = stripe.requested()
        stripe.provider.pay(order.external_id)

        with pytest.raises(Refusal):
            stripe.gateway.withdraw(order)

    def test_by_boleto_tells_days_later(self, stripe):
        order = stripe.requested(boleto_days=7)
        stripe.provider.pay(order.external_id)

        printed = stripe.gateway.find(order)
        assert printed.payments == ()
        assert printed.status is None
        assert printed.charge.expires_at > order.expires_at + timedelta(days=7)

        stripe.provider.settle(order.external_id)
        (paid,) = stripe.gateway.find(order).payments
        assert (paid.method, paid.amount) == (PaymentMethod.BOLETO, PRICE)

    def test_an_unpaid_boleto_fails(self, stripe):
        order = stripe.requested(boleto_days=0)
        stripe.provider.pay(order.external_id)
        stripe.provider.settle(order.external_id, succeeded=False)

        assert stripe.gateway.find(order).status == ChargeStatus.FAILED

    def test_a_boleto_is_in_reais_and_not_for_longer_than_stripe_has_it(self, stripe):
        for changes in ({"amount": Money(4990, "USD")}, {"boleto_days": 61}):
            with pytest.raises(Refusal):
                stripe.gateway.request(stripe.order(**{"boleto_days": 7, **changes}))

    def test_waits_for_the_bank_and_believes_its_no(self, stripe):
        order = stripe.requested()
        stripe.provider.pay(order.external_id, async_=True)
        waiting = stripe.gateway.find(order)

        stripe.provider.settle(order.external_id, succeeded=False)
        failed = stripe.gateway.find(order)

        assert (waiting.payments, waiting.status) == ((), None)
        assert (failed.payments, failed.status) == ((), ChargeStatus.FAILED)

    def test_waits_for_the_bank_and_believes_its_yes(self, stripe):
        order = stripe.requested()
        stripe.provider.pay(order.external_id, async_=True)
        stripe.provider.settle(order.external_id)

        assert [paid.amount for paid in stripe.gateway.find(order).payments] == [PRICE]
        assert len({paid.reference for paid in stripe.paid_since(order)}) == 1

    def test_knows_a_subscription_by_one_reference(self, stripe):
        order = stripe.requested(renewal=Renewal(Interval.YEAR))
        stripe.provider.pay(order.external_id)

        found = {paid.reference for paid in stripe.paid_since(order)}
        read = {paid.reference for paid in stripe.gateway.find(order).payments}

        assert found == read
        assert len(found) == 1

    def test_leaves_what_another_tenant_of_the_account_sold(self, stripe):
        order = stripe.requested(tenant_id=uuid7())
        stripe.provider.pay(order.external_id)

        assert stripe.paid_since(order) == []
        assert stripe.gateway.read(f"session:{order.external_id}").payments == ()

    def test_refuses_test_money_in_a_live_account(self, stripe):
        order = stripe.requested()
        with StripeClient(SECRET_KEY, base_url=stripe.url) as client:
            live = StripeGateway(client, tenant_id=TENANT, livemode=True)
            with pytest.raises(Refusal):
                live.find(order)

    def test_reads_nothing_in_events_it_never_asked_for(self, stripe):
        assert stripe.gateway.readings_in(b'{"object": "v2.core.event"}') == ()
        assert stripe.gateway.readings_in(b"not json") == ()

    def test_registers_where_to_post_and_learns_its_secret(self, stripe):
        url = "http://127.0.0.1:9/hooks/stripe/abc/"

        secrets = {stripe.gateway.register_hook(url) for _ in range(2)}

        assert len(secrets) == 1
        assert secrets.pop().startswith("whsec_")

    def test_finds_nothing_behind_a_forged_name(self, stripe):
        assert stripe.gateway.read("session:cs_test_forged").payments == ()
