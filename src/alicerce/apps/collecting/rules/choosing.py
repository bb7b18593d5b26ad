"""Which of a customer's ways pays an invoice by itself. Plain Python: safe to import anywhere."""

from alicerce.apps.collecting.types import Way


def first_way(chosen: str, *, has_card: bool, has_mandate: bool) -> Way | None:
    """The one they chose, as long as it can; else their bank, which costs less; never both."""
    able = {way for way, can in ((Way.CARD, has_card), (Way.BANK, has_mandate)) if can}
    if chosen in able:
        return Way(chosen)
    return next((way for way in (Way.BANK, Way.CARD) if way in able), None)
