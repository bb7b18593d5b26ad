"""Money, dates and documents as the reader's language writes them."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from typing import Literal, TypeAlias

from babel import Locale, dates, numbers, units
from django.utils import timezone
from django.utils.translation import get_language

from alicerce.kernel.money import Money

DateStyle: TypeAlias = Literal["short", "medium", "long"]
TimeStyle: TypeAlias = Literal["date", "time", "datetime", "relative"]

RELATIVE_FOR = timedelta(days=7)
CPF_LENGTH, CNPJ_LENGTH = 11, 14
MINUTE, HOUR, DAY = 60, 3600, 86_400


def locale() -> Locale:
    return Locale.parse(get_language() or "pt-br", sep="-")


def money(amount: Money) -> str:
    value = Decimal(amount.cents).scaleb(-2)
    return numbers.format_currency(value, amount.currency, locale=locale())


def unit_price(cents: Decimal, currency: str) -> str:
    """Of what is counted: it may be less than a cent."""
    form = str(locale().currency_formats["standard"].pattern).split(";")[0]
    exact = form.replace("0.00", "0.00######")
    value = cents.scaleb(-2)
    return numbers.format_currency(
        value, currency, exact, locale=locale(), currency_digits=False
    )


def money_parts(amount: Money) -> tuple[str, str]:
    """The symbol and the figure, for amounts set in two sizes."""
    figure = numbers.format_decimal(
        Decimal(amount.cents).scaleb(-2), format="#,##0.00", locale=locale()
    )
    return numbers.get_currency_symbol(amount.currency, locale=locale()), figure


def number(value: float) -> str:
    return numbers.format_decimal(value, locale=locale())


def percent(value: float) -> str:
    return numbers.format_percent(value / 100, locale=locale())


def day(value: date, *, style: DateStyle = "medium") -> str:
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return dates.format_date(value, format=style, locale=locale())


def clock_time(value: datetime) -> str:
    return dates.format_time(timezone.localtime(value), format="short", locale=locale())


def clock_seconds(value: datetime) -> str:
    return dates.format_time(timezone.localtime(value), format="medium", locale=locale())


def moment(value: datetime, *, style: DateStyle = "medium") -> str:
    return f"{day(value, style=style)}, {clock_time(value)}"


def moment_in(zone: tzinfo, value: datetime) -> str:
    """For words that are put together before any page has chosen a time zone."""
    with timezone.override(zone):
        return moment(value)


def relative(value: datetime, *, at: datetime) -> str:
    """How long ago or from now, while that still says more than the date."""
    if abs(at - value) > RELATIVE_FOR:
        return day(value)
    return dates.format_timedelta(
        value - at, add_direction=True, threshold=1.2, format="short", locale=locale()
    )


def duration(value: timedelta) -> str:
    seconds = value.total_seconds()
    if seconds < 1:
        return f"{round(seconds * 1000)} ms"
    if seconds < MINUTE:
        return f"{numbers.format_decimal(round(seconds, 1), locale=locale())} s"
    minutes, rest = divmod(round(seconds), MINUTE)
    return f"{minutes} min {rest} s"


def span(value: timedelta) -> str:
    """A round span in its largest whole unit: 5 s, 30 min, 24 h, 5 days."""
    seconds = round(value.total_seconds())
    for name, length in (("hour", HOUR), ("minute", MINUTE)):
        if seconds and not seconds % length:
            days, rest = divmod(seconds, DAY)
            if days > 1 and not rest:
                return units.format_unit(days, "duration-day", "short", locale=locale())
            style: Literal["long", "short"] = "long" if seconds == length else "short"
            return units.format_unit(  # the short word for one hour is a plural in Portuguese
                seconds // length, f"duration-{name}", style, locale=locale()
            )
    return units.format_unit(seconds, "duration-second", "short", locale=locale())


def tax_id(value: str) -> str:
    """A CPF or an alphanumeric CNPJ with its punctuation; anything else as it came."""
    if len(value) == CPF_LENGTH:
        return f"{value[:3]}.{value[3:6]}.{value[6:9]}-{value[9:]}"
    if len(value) == CNPJ_LENGTH:
        return f"{value[:2]}.{value[2:5]}.{value[5:8]}/{value[8:12]}-{value[12:]}"
    return value


def masked_cpf(value: str) -> str:
    """For lists: only the middle digits of a person's document."""
    if len(value) != CPF_LENGTH:
        return tax_id(value)
    return f"***.{value[3:6]}.{value[6:9]}-**"
