"""The clock of the sandbox, by API."""

from datetime import timedelta

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.catalog.models import Plan
from alicerce.apps.catalog.queries.options import options_of
from alicerce.apps.catalog.services.change_prices import change_prices
from alicerce.apps.catalog.services.publish_terms import publish_terms
from alicerce.apps.catalog.services.save_option import retire_option
from alicerce.apps.catalog.tests.factories import NOON, a_plan, a_price, an_option
from alicerce.apps.catalog.types import Cycle, NewPrice
from alicerce.apps.developers.public import sandbox_of
from alicerce.apps.developers.types import Mode
from alicerce.apps.endpoints.models import Delivery, Endpoint
from alicerce.apps.endpoints.services.deliver import claim
from alicerce.apps.tenancy.models import SandboxClock
from alicerce.kernel.clock import now, wall
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.money import Money
from alicerce.surfaces.api.tests.conftest import RENATA, told


class TestClock:
    def test_is_moved_by_a_test_key(self, knock):
        caller, goal = knock("sandbox:operate", mode=Mode.TEST), wall() + timedelta(days=3)

        moving = caller.post("/test-clock/advance", {"to": goal.isoformat()})

        assert moving.status_code == 202
        assert moving.json()["moving_to"] == goal.isoformat().replace("+00:00", "Z")
        assert caller.get("/test-clock").json() == moving.json()
        again = caller.post("/test-clock/advance", {"to": (goal + goal.resolution).isoformat()})
        assert told(again) == (409, "clock_moving")

    def test_is_not_moved_by_a_live_key(self, knock):
        goal = (wall() + timedelta(days=3)).isoformat()

        refused = knock("sandbox:operate").post("/test-clock/advance", {"to": goal})

        assert told(refused) == (409, "test_mode_only")
        assert not SandboxClock.objects.exists()


class TestCatalog:
    @pytest.fixture
    def essential(self, tenant):
        plan = a_plan(name="Essencial")
        a_price(plan=plan)
        an_option(plan)
        return plan

    @pytest.fixture
    def caller(self, essential, knock):
        return knock(mode=Mode.TEST)

    def refresh(self, caller):
        told = caller.post("/test-catalog/refresh").json()
        return told["added"], told["changed"], told["hidden"]

    def sold_there(self, caller):
        return {p["name"]: p for p in caller.get("/plans?status=for_sale").json()["data"]}

    def test_says_nothing_new_while_nothing_changed(self, caller):
        assert self.refresh(caller) == (0, 0, 0)
        assert list(self.sold_there(caller)) == ["Essencial"]

    def test_follows_the_company_and_keeps_what_was_sold(self, caller, essential, knock):
        price = self.sold_there(caller)["Essencial"]["prices"][0]
        customer = caller.post("/customers", RENATA).json()
        body = {
            "customer_id": customer["id"],
            "price_id": price["id"],
            "domain": "padaria.com.br",
        }
        order = caller.post("/services", body).json()
        a_price(plan=a_plan(name="Profissional"))
        change_prices(
            plan_id=essential.id, wanted={Cycle.MONTHLY: NewPrice(Money(3990))}, at=NOON
        )
        retire_option(option_id=options_of([essential.id])[essential.id][0].id, at=NOON)
        publish_terms(body="Termos novos", at=NOON)

        assert self.refresh(caller) == (1, 1, 0)
        assert self.refresh(knock("sandbox:operate")) == (0, 0, 0)

        there = self.sold_there(caller)
        assert there.keys() == {"Essencial", "Profissional"}
        assert there["Essencial"]["prices"][0]["amount_cents"] == 3990
        assert caller.get(f"/orders/{order['id']}").json()["total_cents"] == 2990
        assert Entry.objects.filter(action="sandbox.catalog_refreshed").count() == 2

    def test_takes_off_what_is_not_sold_any_more_and_brings_it_back(self, caller, essential):
        Plan.objects.filter(pk=essential.id).update(is_visible=False)
        assert self.refresh(caller) == (0, 0, 1)
        assert self.sold_there(caller) == {}

        Plan.objects.filter(pk=essential.id).update(is_visible=True)
        assert self.refresh(caller) == (0, 1, 0)
        assert list(self.sold_there(caller)) == ["Essencial"]

    def test_knows_copies_that_were_made_before_they_knew_their_original(self, caller, tenant):
        twin = sandbox_of(tenant.id)
        with acting(tenant_id=twin), showing_rows_of(twin):
            Plan.objects.update(slug="plano-0")

        assert self.refresh(caller) == (0, 0, 0)

    def test_is_nowhere_before_a_test_key(self, knock):
        refused = knock("sandbox:operate").post("/test-catalog/refresh")

        assert told(refused) == (409, "no_sandbox")


class TestMovedClock:
    """What waits for others or protects people keeps the wall's time."""

    MONTH = timedelta(days=30)

    @pytest.fixture
    def caller(self, knock, tenant):
        caller, twin = knock(mode=Mode.TEST), sandbox_of(tenant.id)
        with acting(tenant_id=twin), showing_rows_of(twin):
            SandboxClock.objects.create(reads_at=wall() + self.MONTH)
            assert now() > wall() + timedelta(days=29)
            yield caller

    def test_leaves_deliveries_on_their_way(self, caller):
        wanted = {"url": "https://loja.example/hooks", "types": ["invoice.*"]}
        path = f"/webhooks/{caller.post('/webhooks', wanted).json()['id']}"

        assert caller.post(f"{path}/test").status_code == 202

        assert Delivery.objects.get().next_at <= wall()
        assert len(claim(endpoint_id=Endpoint.objects.get().id, at=wall())) == 1

    def test_leaves_an_old_secret_no_longer_than_it_was_promised(self, caller):
        wanted = {"url": "https://loja.example/hooks", "types": ["invoice.*"]}
        path = f"/webhooks/{caller.post('/webhooks', wanted).json()['id']}"

        caller.post(f"{path}/secret")

        endpoint = Endpoint.objects.get()
        assert len(endpoint.secrets(at=wall())) == 2
        assert len(endpoint.secrets(at=wall() + timedelta(hours=25))) == 1
