"""The whole flow on the real stack: orders made beforehand, then paid at a given pace."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
from django.db import connection

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.catalog import public as catalog
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.services.place_order import place_order
from alicerce.apps.orders.types import Buyer
from alicerce.apps.tenancy.models import Tenant
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import as_operator, transaction
from alicerce.project.demonstration.visitor import a_cpf

CROWD = 16
GLANCE = 0.25
CHARGE_PATIENCE = 240.0

PAYABLE = """
select c.id, c.method, c.external_id from billing_charge c
where c.id = any(%s) and c.status = 'awaiting'
"""
LIVE = """
select count(*)
from billing_charge c
join billing_invoice i on i.tenant_id = c.tenant_id and i.id = c.invoice_id
join orders_line l on l.tenant_id = i.tenant_id and l.order_id = i.order_id
join hosting_service s on s.tenant_id = l.tenant_id and s.line_id = l.id
where c.id = any(%s) and s.activated_at is not null
"""
TIMES = """
select n.received_at, st.asked_at, s.activated_at, i.paid_at
from billing_charge c
join billing_invoice i on i.tenant_id = c.tenant_id and i.id = c.invoice_id
join orders_line l on l.tenant_id = i.tenant_id and l.order_id = i.order_id
left join hosting_service s on s.tenant_id = l.tenant_id and s.line_id = l.id
left join hosting_provisioningrun r on r.tenant_id = s.tenant_id and r.service_id = s.id
left join hosting_runstep st on st.tenant_id = r.tenant_id and st.run_id = r.id
    and st.kind = 'create_account'
left join lateral (
    select min(received_at) as received_at from billing_notice n
    where n.tenant_id = c.tenant_id and position(convert_to(c.external_id, 'UTF8') in n.raw) > 0
) n on true
where c.id = any(%s)
"""
COMMITS = "select xact_commit from pg_stat_database where datname = current_database()"


@dataclass(frozen=True, slots=True)
class Activation:
    received: datetime | None
    asked: datetime | None
    active: datetime | None
    paid: datetime | None

    @property
    def to_panel(self) -> float | None:
        """From the webhook to the call of createacct."""
        return self._since(self.asked)

    @property
    def to_active(self) -> float | None:
        return self._since(self.active)

    def _since(self, end: datetime | None) -> float | None:
        begin = self.received
        return (end - begin).total_seconds() if begin and end else None


@dataclass(frozen=True, slots=True)
class Charge:
    id: UUID
    method: str
    external_id: str


def prepare(count: int, *, run: str) -> list[Charge]:
    """Orders with a charge that waits for its payer at the provider."""
    with as_operator():
        tenant_id = Tenant.objects.get(slug="nuvemsul").id
    with acting(tenant_id=tenant_id, actor="system"):
        begun = [_order(number, run) for number in range(count)]
    return _wait_until_payable(begun)


def _order(number: int, run: str) -> UUID:
    """Card and Pix by turns."""
    method = PaymentMethod.PIX if number % 2 else PaymentMethod.CARD
    buyer = Buyer(
        name=f"Cliente {number}",
        email=f"cliente-{run}-{number}@example.com",
        document=a_cpf(number + 1),
        document_kind="cpf",
    )
    with transaction():
        price_id = catalog.storefront()[0].prices[0].price_id
        domain = f"loja-{run}-{number}.com.br"
        token = place_order(price_id=price_id, domain=domain, buyer=buyer, at=now())
        invoice = billing.invoice_of_order(Order.objects.get(token=token).id)
        assert invoice
        return billing.begin_charge(
            invoice_id=invoice.id,
            method=method,
            return_url="http://127.0.0.1/",
            at=now(),
        )


def _wait_until_payable(begun: Sequence[UUID]) -> list[Charge]:
    deadline = time.monotonic() + CHARGE_PATIENCE
    while time.monotonic() < deadline:
        found = [_charge(row) for row in _select(PAYABLE, begun)]
        if len(found) == len(begun):
            return found
        time.sleep(GLANCE)
    raise TimeoutError("the charges were not made at the providers in time")


def _charge(row: tuple[Any, ...]) -> Charge:
    return Charge(UUID(str(row[0])), str(row[1]), str(row[2]))


def pay_one_by_one(charges: Sequence[Charge], control: str, *, patience: float) -> None:
    """Each waits for the one before it to be live."""
    with _bank() as bank:
        for charge in charges:
            _pay(bank, control, charge)
            wait_until_live([charge], patience=patience)


def pay_at(charges: Sequence[Charge], control: str, *, each_second: float) -> float:
    """Payers do not wait for one another. Returns the pace that was really kept."""
    began = time.monotonic()
    with _bank() as bank, ThreadPoolExecutor(CROWD) as crowd:
        paying = []
        for turn, charge in enumerate(charges):
            time.sleep(max(0.0, began + turn / each_second - time.monotonic()))
            paying.append(crowd.submit(_pay, bank, control, charge))
        for payment in paying:
            payment.result()
    return len(charges) / (time.monotonic() - began)


def _bank() -> httpx.Client:
    return httpx.Client(trust_env=False, timeout=60)


def _pay(bank: httpx.Client, control: str, charge: Charge) -> None:
    provider = "pix" if charge.method == PaymentMethod.PIX else "stripe"
    bank.post(f"{control}/{provider}/{charge.external_id}/pay", json={}).raise_for_status()


def wait_until_live(charges: Sequence[Charge], *, patience: float) -> list[Activation]:
    """What is known of each order once all are live, or the patience is over."""
    ids = [charge.id for charge in charges]
    glance = GLANCE if len(ids) > 1 else GLANCE / 5
    deadline = time.monotonic() + patience
    while _select(LIVE, ids)[0][0] < len(ids) and time.monotonic() < deadline:
        time.sleep(glance)
    return [Activation(*row) for row in _select(TIMES, ids)]


def _select(query: str, ids: Sequence[UUID]) -> list[tuple[Any, ...]]:
    with as_operator(), connection.cursor() as cursor:
        cursor.execute(query, [list(ids)])
        return list(cursor.fetchall())


def commits() -> int:
    """Transactions the database committed so far, whoever asked for them."""
    with connection.cursor() as cursor:
        cursor.execute(COMMITS)
        return int(cursor.fetchone()[0])
