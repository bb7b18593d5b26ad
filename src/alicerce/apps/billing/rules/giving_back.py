"""The taxes that credit notes give back: in any split, in all exactly what the invoice asked for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from uuid import UUID

from alicerce.apps.billing.rules.allocation import apportion
from alicerce.apps.billing.rules.rounding import half_up
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.billing.types.taxes import TaxTaken
from alicerce.apps.taxes.types import Manner


def gross_of(position: int, cents: int, taxes: Sequence[TaxTaken]) -> int:
    """What a line asks for with what comes on top of it, and without what is kept back."""
    own = [one for one in taxes if one.position == position]
    added = sum(one.cents for one in own if one.manner == Manner.ADDED)
    return cents + added - sum(one.cents for one in own if one.is_withheld)


def given_back(
    taxes: Sequence[TaxTaken],
    wanted: Sequence[Credited],
    *,
    total: int,
    credited_before: int,
    gross_of_lines: Mapping[int, int],
    credited_of_lines: Mapping[int, int],
) -> dict[UUID, int]:
    """Of each line's tax what this note gives back. The note that takes the rest takes all that is left."""
    cents = sum(one.cents for one in wanted)
    if credited_before + cents >= total:
        return {one.id: one.left for one in taxes if one.left}
    now = {one.id: one for one in taxes}
    before = dict(credited_of_lines)
    for one in wanted:
        if one.position is None:
            share = _of_document(list(now.values()), total, credited_before + one.cents)
            credited_before += one.cents
        else:
            before[one.position] = before.get(one.position, 0) + one.cents
            gross = gross_of_lines[one.position]
            share = _of_line(now.values(), one.position, Fraction(before[one.position], gross))
            credited_before += one.cents
        now = {
            id_: replace(tax, given_back=tax.given_back + share.get(id_, 0))
            for id_, tax in now.items()
        }
    back = {one.id: now[one.id].given_back - one.given_back for one in taxes}
    return {id_: amount for id_, amount in back.items() if amount}


def _of_line(taxes: object, position: int, part: Fraction) -> dict[UUID, int]:
    own = [one for one in taxes if one.position == position]  # type: ignore[attr-defined]
    return {
        one.id: _within(half_up(one.cents * part) - one.given_back, one.left) for one in own
    }


def _of_document(taxes: Sequence[TaxTaken], total: int, credited: int) -> dict[UUID, int]:
    """Each tax in the proportion of all that is credited by now, spread over its lines."""
    by_tax: dict[UUID, list[TaxTaken]] = defaultdict(list)
    for one in taxes:
        by_tax[one.tax_id].append(one)
    found: dict[UUID, int] = {}
    for own in by_tax.values():
        whole, left = sum(one.cents for one in own), sum(one.left for one in own)
        due = half_up(Fraction(whole * credited, total)) - (whole - left)
        share = _within(due, left)
        if share:
            parts = apportion([Fraction(one.left * share, left) for one in own])
            found |= {one.id: part for one, part in zip(own, parts, strict=True)}
    return found


def _within(due: int, left: int) -> int:
    """Between nothing and what is left, whichever side of nothing that is."""
    return max(min(due, left), 0) if left >= 0 else min(max(due, left), 0)
