"""What counts as the same figure."""

from datetime import date, datetime
from fractions import Fraction

import pytest

from alicerce.apps.billing.types import Period
from alicerce.project.billing_cases import values
from alicerce.project.billing_cases.comparing import agrees, shown

JUNE = Period(date(2025, 6, 1), date(2025, 7, 1))


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [
        (5, 5, True),
        ("5", 5, True),
        (5, 6, False),
        (True, 1, False),
        ("14/92", Fraction(7, 46), True),
        ("0.733333333", Fraction(22, 30), True),
        ("0.733333334", Fraction(22, 30), False),
        ("0.1667", Fraction(1, 6), True),
        (0.5, Fraction(1, 2), True),
        ("1/0", Fraction(1), False),
        ("words", Fraction(1), False),
        ("2025-06-01", date(2025, 6, 1), True),
        (date(2025, 6, 1), date(2025, 6, 1), True),
        ("2025-06-02", date(2025, 6, 1), False),
        ("2024-03-15T12:12 or later", datetime(2024, 3, 15, 12, 12), True),
        ("2024-03-15T12:13", datetime(2024, 3, 15, 12, 12), False),
        (["2025-06-01", "2025-07-01"], JUNE, True),
        ([1, 2], [1], False),
        ([1, 2], (1, 2), True),
        (1, [1], False),
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": 1, "b": 2}, {"a": 1}, False),
        ({"a": 1}, 1, False),
        ("paid", "paid", True),
        ("paid", "open", False),
    ],
)
def test_a_figure_is_the_same_or_another(expected, got, same):
    assert agrees(expected, got) is same


def test_figures_are_shown_in_plain_words():
    assert shown({"p": JUNE, "f": Fraction(7, 46), "l": (date(2025, 6, 1), 3)}) == {
        "p": ["2025-06-01", "2025-07-01"],
        "f": "7/46",
        "l": ["2025-06-01", 3],
    }


class TestValues:
    @pytest.mark.parametrize("written", [1.5, True, "1.5", "", None, 10**18, "9" * 19, [1]])
    def test_of_cents_are_whole(self, written):
        with pytest.raises(ValueError, match="not a number of cents"):
            values.cents(written)

    @pytest.mark.parametrize("written", ["1e999999999", True, "9" * 41])
    def test_of_fractions_are_small(self, written):
        with pytest.raises(ValueError, match="not a fraction"):
            values.fraction(written)

    @pytest.mark.parametrize("written", ["fortnight", "0 months", "12345 days", "month month"])
    def test_of_intervals_are_known(self, written):
        with pytest.raises(ValueError, match=r"interval|step"):
            values.step(written)

    @pytest.mark.parametrize(
        ("written", "days", "months"),
        [
            ("3 months", 0, 3),
            ("1Y", 0, 12),
            ("2W", 14, 0),
            ("Half-year", 0, 6),
            ("30 days", 30, 0),
        ],
    )
    def test_of_intervals_may_be_counted(self, written, days, months):
        assert (values.step(written).days, values.step(written).months) == (days, months)

    @pytest.mark.parametrize(
        ("written", "up_to", "unit"),
        [
            ("1-50: 0", 50, 0),
            ("101+: 1750", None, 1750),
            ("101-inf: 0.5", None, Fraction(1, 2)),
            ({"51-100": 2000}, 100, 2000),
            ({"up_to": None, "unit": 5}, None, 5),
        ],
    )
    def test_of_tiers_are_read_as_they_are_written(self, written, up_to, unit):
        tier = values.tier(written)

        assert (tier.up_to, tier.unit) == (up_to, unit)

    def test_of_tiers_are_not_guessed(self):
        with pytest.raises(ValueError, match="not a tier"):
            values.tier("many: 5")
