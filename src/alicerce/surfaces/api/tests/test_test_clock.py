"""The clock of the sandbox, by API."""

from datetime import timedelta

from alicerce.apps.developers.types import Mode
from alicerce.apps.tenancy.models import SandboxClock
from alicerce.kernel.clock import wall
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
