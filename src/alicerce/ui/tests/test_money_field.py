"""Amounts as people type them."""

import pytest
from django.core.exceptions import ValidationError

from alicerce.ui.money_field import MoneyField

FIELD = MoneyField(max_cents=1_000_000_00, required=False)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("49,90", 4990),
        ("49.90", 4990),
        ("R$ 1.234,56", 123456),
        ("1,234.56", 123456),
        ("1.234", 123400),
        ("1234", 123400),
        ("0,5", 50),
        ("0", 0),
        ("", None),
    ],
)
def test_are_understood(typed, cents):
    assert FIELD.clean(typed) == cents


@pytest.mark.parametrize("typed", ["-1", "1,234,5,6", "dez", "1e3", "1000000,01"])
def test_are_refused(typed):
    with pytest.raises(ValidationError):
        FIELD.clean(typed)


def test_are_shown_as_they_are_typed():
    assert FIELD.prepare_value(123456) == "1234,56"
    assert FIELD.prepare_value("12,3x") == "12,3x"
