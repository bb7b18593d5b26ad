"""Money, dates and documents in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from alicerce.kernel.money import Money
from alicerce.ui import formats

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class TestPortuguese:
    def test_money(self):
        assert formats.money(Money(123456)) == "R$\xa01.234,56"
        assert formats.money_parts(Money(8990)) == ("R$", "89,90")

    def test_agrees_with_the_kernel(self):
        for cents in (0, 5, 99, 100, 123456, 100000000):
            assert formats.money(Money(cents)) == str(Money(cents))

    def test_dates(self):
        assert formats.day(date(2026, 11, 20)) == "20 de nov. de 2026"
        assert formats.day(date(2026, 11, 20), style="short") == "20/11/2026"

    def test_relative_until_a_week(self):
        assert formats.relative(NOON - timedelta(minutes=4), at=NOON) == "há 4 min."
        assert formats.relative(NOON - timedelta(days=9), at=NOON) == "11 de nov. de 2026"

    def test_percent_and_numbers(self):
        assert formats.percent(82) == "82%"
        assert formats.number(3369) == "3.369"


class TestEnglish:
    @pytest.fixture(autouse=True)
    def english(self):
        with translation.override("en"):
            yield

    def test_money(self):
        assert formats.money(Money(123456)) == "R$1,234.56"

    def test_dates(self):
        assert formats.day(date(2026, 11, 20)) == "Nov 20, 2026"


class TestDocuments:
    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            ("12345678909", "123.456.789-09"),
            ("12ABC34501DE35", "12.ABC.345/01DE-35"),
            ("?", "?"),
        ],
    )
    def test_have_their_punctuation(self, value, shown):
        assert formats.tax_id(value) == shown

    def test_a_cpf_in_a_list_is_masked(self):
        assert formats.masked_cpf("12345678909") == "***.456.789-**"
        assert formats.masked_cpf("12ABC34501DE35") == "12.ABC.345/01DE-35"


class TestDurations:
    @pytest.mark.parametrize(
        ("seconds", "shown"), [(0.48, "480 ms"), (1.24, "1,2 s"), (125, "2 min 5 s")]
    )
    def test_in_the_unit_that_reads_best(self, seconds, shown):
        assert formats.duration(timedelta(seconds=seconds)) == shown


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (timedelta(), "0 s"),
        (timedelta(seconds=5), "5 s"),
        (timedelta(minutes=30), "30 min"),
        (timedelta(hours=1), "1 hora"),
        (timedelta(hours=24), "24 h"),
        (timedelta(days=5), "5 dias"),
        (timedelta(seconds=90), "90 s"),
    ],
)
def test_a_span_is_told_in_its_largest_whole_unit(given, told):
    assert formats.span(given).replace("\xa0", " ") == told
