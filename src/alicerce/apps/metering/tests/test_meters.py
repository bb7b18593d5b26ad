"""Records are kept once, and asked for once: in the right stretch, for the right cents."""

from datetime import UTC, datetime

import pytest

from alicerce.apps.billing.types.prices import Scheme
from alicerce.apps.metering.errors import BadMeter, MeterTaken
from alicerce.apps.metering.rules import cents_of
from alicerce.apps.metering.services.meters import add_meter, retire_meter
from alicerce.apps.metering.types import Aggregation, MeterForm, TierForm

NOON = datetime(2026, 9, 1, 15, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("tenant")


def a_form(**given):
    facts = {
        "key": "requests",
        "name": "Requisições",
        "unit": "requisições",
        "aggregation": Aggregation.SUM,
        "scheme": Scheme.FLAT,
        "tiers": (TierForm(None, "0.5"),),
    }
    return MeterForm(**{**facts, **given})


class TestMeter:
    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"key": "Requests"}, "key"),
            ({"unit": " "}, "unit"),
            ({"tiers": ()}, "tiers"),
            ({"tiers": (TierForm(None, "1e9"),)}, "tiers"),
            ({"scheme": Scheme.PACKAGE}, "tiers"),
            ({"scheme": Scheme.GRADUATED, "tiers": (TierForm(10, "1"),)}, "tiers"),
            (
                {
                    "scheme": Scheme.VOLUME,
                    "tiers": (TierForm(9, "1"), TierForm(9, "1"), TierForm(None, "1")),
                },
                "tiers",
            ),
        ],
    )
    def test_that_cannot_be_right_says_which_field(self, wrong, field):
        from alicerce.apps.catalog.tests.factories import a_plan

        with pytest.raises(BadMeter) as refused:
            add_meter(plan_id=a_plan().id, form=a_form(**wrong), at=NOON)
        assert refused.value.field == field

    def test_costs_by_its_scheme(self):
        tiers = (TierForm(100, "0"), TierForm(None, "0.25", 1000))

        assert cents_of(a_form(), 3) == 2
        assert cents_of(a_form(scheme=Scheme.GRADUATED, tiers=tiers), 104) == 1001
        assert cents_of(a_form(scheme=Scheme.VOLUME, tiers=tiers), 104) == 1026
        assert cents_of(a_form(scheme=Scheme.PACKAGE, tiers=(TierForm(50, "90"),)), 51) == 180

    def test_has_its_key_alone_until_it_is_retired(self):
        from alicerce.apps.catalog.tests.factories import a_plan

        plan = a_plan()
        first = add_meter(plan_id=plan.id, form=a_form(), at=NOON)
        with pytest.raises(MeterTaken):
            add_meter(plan_id=plan.id, form=a_form(), at=NOON)
        retire_meter(meter_id=first.id, at=NOON)

        assert add_meter(plan_id=plan.id, form=a_form(), at=NOON).id != first.id
