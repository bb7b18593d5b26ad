"""Faults come when ordered, and the same seed gives the same run."""

import pytest

from alicerce.vendors.simulation.faults import Faults, WrongRate


class TestFaults:
    def test_is_harmless_unless_told(self):
        assert Faults().pick("createacct") is None

    def test_meets_the_armed_call_once(self):
        faults = Faults()
        faults.arm("drop_after", match="createacct")

        assert [faults.pick(o) for o in ("version", "createacct", "createacct")] == [
            None,
            "drop_after",
            None,
        ]

    def test_keeps_an_armed_fault_for_a_call_it_makes_sense_for(self):
        faults = Faults()
        faults.arm("drop_after")

        assert faults.pick("version", among={"html"}) is None
        assert faults.pick("version", among={"drop_after"}) == "drop_after"

    def test_repeats_itself_for_the_same_seed(self):
        rates = {"html": 0.3, "busy": 0.3}
        runs = [Faults(rates, seed=7) for _ in range(2)]
        drawn = [[faults.pick("version") for _ in range(50)] for faults in runs]

        assert drawn[0] == drawn[1]
        assert {"html", "busy", None} == set(drawn[0])

    def test_draws_for_each_operation_apart(self):
        calm, busy = Faults({"html": 0.5}, seed=1), Faults({"html": 0.5}, seed=1)
        for _ in range(9):
            busy.pick("version")

        assert [calm.pick("createacct") for _ in range(20)] == [
            busy.pick("createacct") for _ in range(20)
        ]

    @pytest.mark.parametrize("rates", [{"html": 2}, {"html": "x"}, {"a": 0.6, "b": 0.6}])
    def test_refuses_rates_that_are_no_chance(self, rates):
        with pytest.raises(WrongRate):
            Faults().set_rates(rates)

    def test_shows_calls_without_their_secrets(self):
        faults = Faults()
        faults.record(
            "createacct",
            {"username": "ana", "password": "s3cret", "deep": {"client_secret": "s3cret"}},
            outcome="done",
        )

        call = faults.calls[0].as_json()
        assert call["params"]["username"] == "ana"
        assert "s3cret" not in str(call)
