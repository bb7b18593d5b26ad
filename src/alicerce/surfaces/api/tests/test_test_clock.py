"""The clock of the sandbox, by API."""

from datetime import timedelta

import pytest

from alicerce.apps.developers.public import sandbox_of
from alicerce.apps.developers.types import Mode
from alicerce.apps.endpoints.models import Delivery, Endpoint
from alicerce.apps.endpoints.services.deliver import claim
from alicerce.apps.tenancy.models import SandboxClock
from alicerce.kernel.clock import now, wall
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.surfaces.api.tests.conftest import told


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
