"""What a process remembers for a moment: keys, and calls to be logged."""

import pytest

from alicerce.apps.developers.models import ApiKey, LoggedCall
from alicerce.apps.developers.services.retire_key import revoke_key
from alicerce.apps.developers.tests.factories import NOON
from alicerce.surfaces.api import calls, entering


class TestKeys:
    @pytest.fixture
    def watch(self, monkeypatch, settings):
        """A watch that the test turns by hand."""
        settings.API_KEY_MEMORY = 0.5
        hand = [1000.0]
        monkeypatch.setattr(entering, "monotonic", lambda: hand[0])
        monkeypatch.setattr(entering, "_remembered", {})
        return hand

    def test_cost_no_query_while_they_are_remembered(
        self, api, watch, django_assert_max_num_queries
    ):
        api.get("/me")

        with django_assert_max_num_queries(20) as queries:
            api.get("/me")

        assert not [q for q in queries if "api_key_of" in q["sql"]]

    def test_open_nothing_within_a_second_of_being_revoked(self, api, watch):
        api.get("/me")
        revoke_key(key_id=ApiKey.objects.get().id, at=NOON)

        watch[0] += 0.51

        assert api.get("/me").status_code == 401


class TestCalls:
    @pytest.fixture
    def timers(self, monkeypatch, settings):
        """Timers that were set, to be rung by hand."""
        settings.API_LOG_PAUSE = 1
        started = []

        class ByHand:
            def __init__(self, pause, ring):
                self.pause, self.ring = pause, ring

            def start(self):
                started.append(self)

        monkeypatch.setattr(calls, "Timer", ByHand)
        monkeypatch.setattr(calls.connection, "close", lambda: None)
        return started

    def test_are_logged_together_by_one_timer(self, api, timers):
        for _ in range(3):
            api.get("/me")

        assert [timer.pause for timer in timers] == [1]
        assert LoggedCall.objects.count() == 0
        timers[0].ring()
        assert LoggedCall.objects.count() == 3
        api.get("/me")
        assert len(timers) == 2
        timers[1].ring()
