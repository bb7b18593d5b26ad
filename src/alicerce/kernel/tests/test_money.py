"""Money never loses a cent, and never mixes currencies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alicerce.kernel.money import CurrencyMismatch, Money

cents = st.integers(-(10**12), 10**12)


@given(cents, cents)
def test_what_is_added_can_be_taken_away(a, b):
    assert Money(a) + Money(b) - Money(b) == Money(a)


@given(st.integers(0, 10**9), st.integers(1, 36))
def test_a_part_is_never_more_than_half_a_cent_off(whole, parts):
    assert abs(Money(whole).per(parts).cents * parts - whole) * 2 <= parts


def test_two_currencies_do_not_meet():
    with pytest.raises(CurrencyMismatch):
        Money(1) + Money(1, "USD")


@pytest.mark.parametrize("wrong", [1.0, "1", True])
def test_only_integers_are_cents(wrong):
    with pytest.raises(TypeError):
        Money(wrong)


@pytest.mark.parametrize(
    ("money", "shown"),
    [
        (Money(123456), "R$\N{NO-BREAK SPACE}1.234,56"),
        (Money(-5), "-R$\N{NO-BREAK SPACE}0,05"),
        (Money(100, "USD"), "US$\N{NO-BREAK SPACE}1,00"),
    ],
)
def test_is_shown_as_brazilians_write_it(money, shown):
    assert str(money) == shown
