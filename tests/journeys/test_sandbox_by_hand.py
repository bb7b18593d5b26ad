"""A company rehearses by hand: a card fails in its sandbox, the ladder suspends, another card brings all back."""

import json
import re
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from django.test import Client

from alicerce.apps.billing.models import GatewayAccount
from alicerce.apps.hosting.models import Service
from alicerce.apps.identity.models import User
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.models import SandboxClock
from alicerce.kernel.business_days import DAY, business_day_from, payable_until
from alicerce.kernel.clock import now, wall
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.testing import run_jobs
from alicerce.vendors.stripe.signatures import sign
from alicerce.vendors.stripe.simulator.plastic import DECLINES_LATER, GOOD
from tests.journeys.test_paid_hosting_goes_live import letters, place_order

PASSWORD = "pao de queijo quente"
SANDBOX = "/app/desenvolvedores/testes/"
BAR = "Ambiente de teste: nada aqui é cobrado de verdade."
NOON = time(12)
STOPS_AFTER = timedelta(days=5)  # as the ladder that every company begins with says
ZE = "renata@ensaio.com.br"


def come_in(email: str, host: str) -> Client:
    """Whoever it is signs in at this address, by its page."""
    person = User.objects.get(email=email)
    person.set_password(PASSWORD)
    person.save()
    browser = Client(SERVER_NAME=host)
    browser.post("/entrar/", {"login": email, "password": PASSWORD})
    return browser


def choose_password(town: Any, host: str) -> Client:
    """By the link of the letter, whose address is the sandbox's."""
    texts = "".join(letter.text for letter in town.town.inbox.letters() if ZE in letter.to)
    link = re.search(rf"http://{re.escape(host)}\S*?(/entrar/senha/\S+)", texts)
    assert link is not None
    browser = Client(SERVER_NAME=host)
    assert browser.post(link.group(1), {"password": PASSWORD}).status_code == 302
    return browser


@pytest.fixture
def ana(town: Any, settings: Any, tmp_path: Any) -> Client:
    """The owner, at the company's own address; the simulators said where they are."""
    settings.SIMULATORS_FILE = tmp_path / "simulators.json"
    settings.SIMULATORS_FILE.write_text(json.dumps(town.description()), encoding="utf-8")
    return come_in("ana@nuvemsul.example", "127.0.0.1")


@pytest.fixture
def host(ana: Client) -> Any:
    """The sandbox's name, as the page shows it; looked at from inside."""
    ana.post(f"{SANDBOX}abrir/")
    ana.post(f"{SANDBOX}provedores/")
    (name,) = set(re.findall(r"http://([\w.-]+)(?::\d+)?/app/", ana.get(SANDBOX).text))
    twin = tenancy.tenant_of_host(name)
    with acting(tenant_id=twin), showing_rows_of(twin):
        run_jobs()
        yield name


def pay(browser: Client, town: Any, start: str, given: dict[str, str], number: str) -> None:
    """Leave for the provider's page, choose a card there, and Stripe tells what came of it."""
    way = browser.post(start, given).headers["Location"]
    run_jobs()
    page = browser.get(way).text
    (url,) = set(re.findall(r'href="(http://127[^"]+/pay/[^"]+)"', page))
    assert httpx.post(url, data={"number": number}).status_code == 303
    account = GatewayAccount.objects.get(kind="stripe")
    raw = json.dumps(town.town.stripe.ledger.all("event")[0]).encode()
    [secret, *_] = account.secrets()["webhook_secrets"]
    told = browser.post(
        f"/hooks/stripe/{account.secrets()['hook_token']}/",
        raw,
        content_type="application/json",
        headers={"Stripe-Signature": sign(raw, [secret], wall())},
    )
    assert told.status_code == 200
    run_jobs(include_delayed=True)


def pass_a_renewal(browser: Client) -> None:
    """From before it is billed until after the site stops; the idle weeks before are left out."""
    zone = ZoneInfo(tenancy.tenant_card().time_zone)
    due = Subscription.objects.get().period_ends_on
    SandboxClock.objects.create(reads_at=datetime.combine(due - timedelta(days=8), NOON, zone))
    stop = business_day_from(payable_until(due) + STOPS_AFTER)
    for goal in (due - DAY, stop + DAY):
        moved = browser.post(SANDBOX, {"day": goal.isoformat()})
        assert moved.headers["Location"] == SANDBOX
        run_jobs(include_delayed=True)
        assert now() == datetime.combine(goal, NOON, zone)


def test_a_card_fails_and_the_ladder_is_watched_on_a_test_clock(
    town: Any, ana: Client, host: str
) -> None:
    visitor = Client(SERVER_NAME=host)
    page = place_order(visitor, "ensaio.com.br")
    shown = visitor.get(page)
    assert BAR in shown.text
    assert shown.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert BAR in visitor.get("/nao-existe/").text
    real = Client(SERVER_NAME="127.0.0.1").get(page)
    assert real.status_code == 404
    assert BAR not in real.text

    pay(visitor, town, f"{page}pagamento/", {"method": "card", "keep": "on"}, DECLINES_LATER)
    assert "No ar!" in visitor.get(page).text

    there = come_in("ana@nuvemsul.example", host)
    assert "ensaio.com.br" in there.get("/app/servicos/").text
    assert there.get("/app/desenvolvedores/webhooks/").status_code == 200
    assert {
        there.get(url).status_code for url in ("/app/equipe/", "/app/desenvolvedores/")
    } == {403}

    pass_a_renewal(there)
    assert Service.objects.get().status == "suspended"
    assert "Suspender o site" in there.get("/app/cobranca/").text
    told = letters(town, ZE)
    assert sum("não pagou a fatura" in subject for subject in told) >= 2
    assert all(subject.startswith("[Teste] ") for subject in told)

    renata = choose_password(town, host)
    customer = Service.objects.get().customer_id
    leave = "/area-do-cliente/cartoes/ir/guardar/"
    pay(renata, town, leave, {"cliente": str(customer)}, GOOD)
    renata.get("/area-do-cliente/cartoes/volta/")
    run_jobs(include_delayed=True)

    assert Service.objects.get().status == "active"
    assert any("de volta" in subject or "voltou" in subject for subject in letters(town, ZE))

    for session, elsewhere in ((there, "127.0.0.1"), (ana, host)):
        carried = Client(SERVER_NAME=elsewhere)
        carried.cookies["session"] = session.cookies["session"].value
        assert carried.get("/app/").headers["Location"].startswith("/entrar/")
