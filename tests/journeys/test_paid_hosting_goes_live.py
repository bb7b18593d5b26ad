"""A visitor orders hosting, pays, and has it — with nobody watching, and with everybody repeating."""

import json
import re
from typing import Any

import pytest

from alicerce.apps.billing.models import GatewayAccount, Payment
from alicerce.apps.hosting.models import Service
from alicerce.apps.ledger.models import LedgerEntry
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.testing import run_jobs

PLAN = re.compile(r'href="(/pedir/[0-9a-f-]+/)"')
PRICE = re.compile(r'name="price" value="([0-9a-f-]+)"')


@pytest.fixture
def host(town):
    """The company at the address the visitor types, looked at from inside."""
    tenant_id = tenancy.tenant_of_host("127.0.0.1")
    with acting(tenant_id=tenant_id), showing_rows_of(tenant_id):
        yield tenant_id


def place_order(visitor: Any, domain: str) -> str:
    plan = PLAN.search(visitor.get("/").content.decode()).group(1)
    price = PRICE.search(visitor.get(plan).content.decode()).group(1)
    given = {
        "price": price,
        "domain": domain,
        "name": "Renata Souza",
        "email": f"renata@{domain}",
        "document": "529.982.247-25",
    }
    return visitor.post(plan, given).headers["Location"]


def pay_by_pix(visitor: Any, town: Any, page: str) -> dict[str, Any]:
    """Choose Pix, pay the code at the bank; what the bank will tell us about it."""
    visitor.post(f"{page}pagamento/", {"method": "pix"})
    run_jobs()
    (txid,) = [
        c["txid"] for c in town.town.pix.charges() if c["txid"] in on_page(visitor, page)
    ]
    town.town.pix.pay(txid)
    return {"pix": town.town.pix.charge(txid)["pix"]}


def on_page(visitor: Any, page: str) -> set[str]:
    """The charges this order's page shows, by the code on it."""
    shown = visitor.get(f"{page}?forma=pix").content.decode()
    return {
        charge.external_id
        for charge in charges()
        if charge.pix_code and charge.pix_code in shown
    }


def charges() -> Any:
    from alicerce.apps.billing.models import Charge

    return Charge.objects.all()


def notify(visitor: Any, told: dict[str, Any]) -> int:
    account = GatewayAccount.objects.get(kind="pix")
    door = f"/hooks/pix/{account.secrets()['hook_token']}/pix"
    return visitor.post(door, json.dumps(told), content_type="application/json").status_code


def accounts(town: Any, domain: str) -> list[dict[str, Any]]:
    return [
        account
        for server in town.town.servers
        for account in server.machine.accounts()
        if account["domain"] == domain
    ]


def letters(town: Any, to: str) -> list[str]:
    return [letter.subject for letter in town.town.inbox.letters() if to in letter.to]


def test_paid_hosting_goes_live(visitor, town, host):
    page = place_order(visitor, "padaria.com.br")
    told = pay_by_pix(visitor, town, page)

    assert notify(visitor, told) == 200
    run_jobs(include_delayed=True)

    assert "No ar!" in visitor.get(page).content.decode()
    assert len(accounts(town, "padaria.com.br")) == 1
    assert Service.objects.get().status == "active"
    assert "Seu site padaria.com.br já tem casa" in letters(town, "renata@padaria.com.br")


def test_told_five_times_it_happens_once(visitor, town, host):
    page = place_order(visitor, "oficina.com.br")
    told = pay_by_pix(visitor, town, page)

    for _ in range(5):
        assert notify(visitor, told) == 200
    run_jobs(include_delayed=True)

    assert Payment.objects.count() == 1
    assert sum(entry.amount_cents for entry in LedgerEntry.objects.all()) == 0
    assert len(accounts(town, "oficina.com.br")) == 1
    assert len(letters(town, "renata@oficina.com.br")) == 3


def test_never_told_it_is_found_by_asking(visitor, town, host):
    from alicerce.apps.billing.jobs import find_accounts_to_read

    page = place_order(visitor, "floricultura.com.br")
    pay_by_pix(visitor, town, page)

    find_accounts_to_read()
    run_jobs(include_delayed=True)

    assert len(accounts(town, "floricultura.com.br")) == 1


def test_a_panel_that_hangs_after_creating_still_gives_one_account(visitor, town, host):
    for server in town.town.servers:
        server.faults.arm("create_then_drop", match="createacct")
    page = place_order(visitor, "acougue.com.br")

    notify(visitor, pay_by_pix(visitor, town, page))
    run_jobs(include_delayed=True)

    assert len(accounts(town, "acougue.com.br")) == 1
    assert "No ar!" in visitor.get(page).content.decode()


def test_saying_it_was_paid_changes_nothing(visitor, town, host):
    page = place_order(visitor, "golpe.com.br")
    visitor.post(f"{page}pagamento/", {"method": "pix"})
    run_jobs()
    forged = {
        "endToEndId": "E12345678202609011200abcdefghijk",
        "txid": charges().get().external_id,
        "valor": "29.90",
        "horario": "2026-09-01T12:00:00Z",
    }

    assert notify(visitor, {"pix": [forged]}) == 200
    visitor.get(f"{page}?paid=1&session_id=cs_forged")
    run_jobs(include_delayed=True, raise_failures=False)

    assert not Payment.objects.exists()
    assert not Service.objects.exists()
