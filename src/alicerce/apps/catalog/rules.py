"""What holds for plans and prices. Pure functions."""

import re
from collections.abc import Iterable, Sequence

from alicerce.apps.catalog.types import (
    ALWAYS_PERSONAL,
    LONGEST_ANSWER,
    AskedField,
    ChoiceForm,
    CouponForm,
    CouponKind,
    Cycle,
    FieldForm,
    FieldKind,
    Limit,
    Limits,
    NewPrice,
    OptionForm,
    OptionKind,
    PlanForm,
    YesNo,
)
from alicerce.kernel.brazil import BadDocument, document

MOST_FEATURES = 30
MOST_CENTS = 1_000_000_00
"""A million, so that a slip of a finger is not a price."""
MOST_TRIAL_DAYS = 90
WHOLE_BP = 10_000
"""All of it, in hundredths of a percent."""
CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{1,31}")
MOST_CYCLES = 1200
MOST_REDEMPTIONS = 2**31 - 1
LONGEST_TERMS = 100_000
MOST_TOTAL_CENTS = 2_000_000_000
FEWEST_CHOICES, MOST_CHOICES = 2, 20
MOST_QUANTITY = 10_000
PHONE = re.compile(r"\+?[0-9]{8,15}")
LONGEST = {"name": 80, "summary": 160, "product_name": 80}


def fault_of(form: PlanForm) -> str:
    """The first field that cannot be right; empty when all can."""
    if not form.name.strip() or not form.product_name.strip():
        return "name" if not form.name.strip() else "product_name"
    for name, most in LONGEST.items():
        if len(getattr(form, name)) > most:
            return name
    if len(form.features) > MOST_FEATURES or any(
        len(f) > LONGEST["summary"] for f in form.features
    ):
        return "features"
    if not all(_is_limit(key, amount) for key, amount in form.limits.items()):
        return "limits"
    if form.stock is not None and form.stock < 0:
        return "stock"
    return "" if 1 <= form.max_quantity <= MOST_QUANTITY else "max_quantity"


def fault_of_price(cycle: Cycle, new: NewPrice) -> str:
    """The first field that cannot be right. Days for nothing come before what renews, without set-up."""
    if not 0 <= new.amount.cents <= MOST_CENTS:
        return "amount_cents"
    if not 0 <= new.setup_cents <= MOST_CENTS:
        return "setup_cents"
    if not 0 <= new.trial_days <= MOST_TRIAL_DAYS:
        return "trial_days"
    if new.trial_card and not new.trial_days:
        return "trial_card"
    has_no_trial = cycle == Cycle.ONE_OFF or new.setup_cents
    return "trial_days" if new.trial_days and has_no_trial else ""


def fault_of_addon_price(cycle: Cycle, new: NewPrice) -> str:
    """It renews with what it is sold onto: nothing is charged once, and nothing is tried."""
    if cycle == Cycle.ONE_OFF:
        return "cycle"
    if new.setup_cents:
        return "setup_cents"
    return "trial_days" if new.trial_days else ""


def _is_limit(key: str, amount: int | None) -> bool:
    return key in set(Limit) and (amount is None or amount >= 0)


def added_up(limits: Iterable[Limits]) -> dict[str, int | None]:
    """Amounts add up; without a limit stays without one."""
    total: dict[str, int | None] = {}
    for each in limits:
        for key, amount in each.items():
            had = total.get(key, 0)
            total[key] = None if had is None or amount is None else had + amount
    return total


def times(limits: Limits, quantity: int) -> dict[str, int | None]:
    """What so many of a plan allow."""
    return {key: None if one is None else one * quantity for key, one in limits.items()}


def fits(quantity: int, *, minimum: int, maximum: int, step: int) -> bool:
    """Whether one may take so many: from the least, in steps, up to the most."""
    return minimum <= quantity <= maximum and (quantity - minimum) % step == 0


def fault_of_option(form: OptionForm) -> str:
    """The first field that cannot be right; empty when all can."""
    if not form.name.strip() or len(form.name) > LONGEST["name"]:
        return "name"
    if len(form.summary) > LONGEST["summary"]:
        return "summary"
    if not 0 <= form.minimum <= form.maximum <= MOST_QUANTITY:
        return "maximum"
    if not 1 <= form.step <= MOST_QUANTITY:
        return "step"
    if form.limit and form.limit not in set(Limit):
        return "limit"
    return "" if _are_choices(form) else "choices"


def _are_choices(form: OptionForm) -> bool:
    """One for what is counted or switched; at least two to choose from."""
    least, most = (2, MOST_CHOICES) if form.kind == OptionKind.CHOICE else (1, 1)
    names = {choice.name for choice in form.choices}
    return least <= len(form.choices) == len(names) <= most and all(
        map(_is_choice, form.choices)
    )


def _is_choice(choice: ChoiceForm) -> bool:
    named = bool(choice.name.strip()) and len(choice.name) <= LONGEST["name"]
    prices = choice.prices.values()
    return named and choice.adds >= 0 and all(0 <= each.cents <= MOST_CENTS for each in prices)


def fault_of_field(form: FieldForm) -> str:
    """The first part of a field that cannot be right; empty when all can."""
    if not form.label.strip() or len(form.label) > LONGEST["name"]:
        return "label"
    if len(form.label_en) > LONGEST["name"]:
        return "label_en"
    if len(form.help) > LONGEST["summary"]:
        return "help"
    if form.kind in ALWAYS_PERSONAL and not form.is_personal:
        return "is_personal"
    if form.kind != FieldKind.CHOICE:
        return "choices" if form.choices else ""
    fits_all = all(
        one.strip() == one and 1 <= len(one) <= LONGEST["name"] for one in form.choices
    )
    several = (
        len(set(form.choices)) == len(form.choices) in range(FEWEST_CHOICES, MOST_CHOICES + 1)
    )
    return "" if fits_all and several else "choices"


class UnfitAnswer(ValueError):
    """An answer that its field does not take, and which way."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def answer_of(field: AskedField, said: str) -> str:
    """The answer as it is kept; empty where nothing was said to what may be left open. Raises UnfitAnswer."""
    value = said.strip()
    if not value:
        if field.is_required:
            raise UnfitAnswer("missing")
        return ""
    if field.kind == FieldKind.DOCUMENT:
        return _document(value)
    if field.kind == FieldKind.PHONE:
        return _phone(value)
    offered = {FieldKind.CHOICE: field.choices, FieldKind.YES_NO: tuple(YesNo)}.get(field.kind)
    if offered is not None and value not in offered:
        raise UnfitAnswer("not_a_choice")
    if len(value) > LONGEST_ANSWER.get(field.kind, LONGEST["name"]):
        raise UnfitAnswer("too_long")
    return " ".join(value.split()) if field.kind == FieldKind.SHORT_TEXT else value


def _document(said: str) -> str:
    try:
        return document(said).number
    except BadDocument:
        raise UnfitAnswer("bad_document") from None


def _phone(said: str) -> str:
    bare = re.sub(r"[\s().-]", "", said)
    if not PHONE.fullmatch(bare):
        raise UnfitAnswer("bad_phone")
    return bare


def discount_on(total: int, *, percent_bp: int | None, amount_cents: int | None) -> int:
    """Worked out on the whole, half a cent rounded up; never more than the whole."""
    if percent_bp is not None:
        return (total * percent_bp + WHOLE_BP // 2) // WHOLE_BP
    return min(amount_cents or 0, total)


def spread(cents: int, parts: Sequence[int]) -> tuple[int, ...]:
    """A discount over the parts it is on, by largest remainder: it sums, and no part goes below zero."""
    whole = sum(parts)
    if not whole:
        return tuple(0 for _ in parts)
    shares = [cents * part // whole for part in parts]
    remainders = [cents * part % whole for part in parts]
    by_need = sorted(range(len(parts)), key=lambda place: -remainders[place])
    for place in by_need[: cents - sum(shares)]:
        shares[place] += 1
    return tuple(shares)


def fault_of_coupon(form: CouponForm) -> str:
    """The first field that cannot be right; empty when all can."""
    if not CODE.fullmatch(form.code):
        return "code"
    if form.kind == CouponKind.PERCENT:
        fits_kind = form.amount_cents is None and 1 <= (form.percent_bp or 0) <= WHOLE_BP
    else:
        fits_kind = form.percent_bp is None and 1 <= (form.amount_cents or 0) <= MOST_CENTS
    if not fits_kind:
        return "percent_bp" if form.kind == CouponKind.PERCENT else "amount_cents"
    if form.cycles is not None and not 1 <= form.cycles <= MOST_CYCLES:
        return "cycles"
    if form.most is not None and not 1 <= form.most <= MOST_REDEMPTIONS:
        return "most"
    if form.starts_at and form.ends_at and form.ends_at <= form.starts_at:
        return "ends_at"
    return ""
