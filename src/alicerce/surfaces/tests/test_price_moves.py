"""Moving who has a plan to its new price: seen to the cent, proven, read by the customer, called off."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from alicerce.apps.catalog.services.change_prices import change_prices
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.catalog.types import Cycle, NewPrice
from alicerce.apps.customers.tests.factories import a_person
from alicerce.apps.developers.tests.factories import a_key, a_maker
from alicerce.apps.subscriptions.models import MovedPrice, PriceMove
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.surfaces.api.tests.conftest import Api
from alicerce.surfaces.tests.conftest import approve, browser


def at(name, *args, surface="workspace"):
    return reverse(f"{surface}:{name}", args=args)


@pytest.fixture
def hers(renata, renata_browser):
    """Of a plan whose price has risen since."""
    return a_subscription(
        price=a_price(amount_cents=2990),
        email=renata.email,
        document=renata.document,
        document_kind=renata.document_kind,
    )


@pytest.fixture
def newer(hers):
    [made] = change_prices(
        plan_id=hers.price.plan_id,
        wanted={Cycle.MONTHLY: NewPrice(Money(3490))},
        reason="Custos",
        at=now(),
    )
    return made


def typed(hers, **given):
    first_on = (now() + timedelta(days=1)).date().isoformat()
    return {
        "versions": [str(hers.price_id)],
        "first_on": first_on,
        "reason": "Energia",
        **given,
    }


class TestMovingPrices:
    def test_is_seen_to_the_cent_proven_and_called_off(
        self, colleague, renata_browser, hers, newer
    ):
        plan_page = colleague.get(at("plan", hers.price.plan_id)).text
        assert at("price_move_new", newer) in plan_page
        form = at("price_move_new", newer)
        assert "R$\xa029,90" in colleague.get(form).text
        assert colleague.post(form, typed(hers, reason="")).status_code == 422

        asked = colleague.post(form, typed(hers))
        assert not PriceMove.objects.exists()
        shows = ("29,90", "34,90", "Energia", "30 dias")
        done = approve(colleague, asked, shows=shows)

        move = PriceMove.objects.get()
        assert done.headers["Location"] == at("price_move", move.id)
        page = colleague.get(at("price_move", move.id)).text
        assert "0/1" in page
        assert "padaria.com.br" in page
        assert "O preço muda em" in colleague.get(at("subscription", hers.id)).text
        mine = renata_browser.get(at("subscription", hers.id, surface="client")).text
        assert "O preço muda em" in mine
        assert "cancelar sem multa" in mine

        colleague.post(at("price_move_cancel", move.id))
        assert MovedPrice.objects.get().status == "withdrawn"
        mine = renata_browser.get(at("subscription", hers.id, surface="client")).text
        assert "O preço muda em" not in mine

    def test_is_scheduled_by_programs_for_the_sums_they_were_shown(self, tenant):
        api = Api(a_key(tenant, maker=a_maker(tenant)).secret)
        old = a_subscription(price=a_price(amount_cents=2990)).price
        [newer] = change_prices(
            plan_id=old.plan_id,
            wanted={Cycle.MONTHLY: NewPrice(Money(3490))},
            reason="Custos",
            at=now(),
        )
        wanted = {"price_id": str(newer), "first_on": now().date().isoformat()}

        shown = api.post("/price-moves/preview", wanted).json()
        assert (shown["before_cents"], shown["after_cents"]) == (2990, 3490)
        body = {**wanted, "reason": "Energia", "expected_count": 1}
        outdated = api.post("/price-moves", {**body, "expected_after_cents": 3491})
        assert (outdated.status_code, outdated.json()["code"]) == (409, "preview_outdated")
        made = api.post("/price-moves", {**body, "expected_after_cents": 3490})
        assert made.status_code == 201
        [listed] = api.get("/price-moves").json()["data"]
        assert listed == made.json() == api.get(f"/price-moves/{listed['id']}").json()
        assert listed["progress"]["waiting"] == 1
        for _ in range(2):
            canceled = api.post(f"/price-moves/{listed['id']}/cancel").json()
        assert (canceled["status"], canceled["progress"]["withdrawn"]) == ("canceled", 1)
        assert api.get(f"/price-moves/{newer}").status_code == 404

    def test_is_for_who_may_change_subscriptions(self, site, hers, newer):
        person = a_person(f"{uuid4().hex[:6]}@padaria.example")
        a_member(site, person, "read_only")
        reader = browser(person)

        assert "Reajustes de quem" in reader.get(at("plan", hers.price.plan_id)).text
        assert reader.get(at("price_move_new", newer)).status_code == 403
        assert reader.post(at("price_move_confirm", newer)).status_code == 403
