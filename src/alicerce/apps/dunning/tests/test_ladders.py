"""Which ladders may be kept."""

import pytest

from alicerce.apps.dunning.rules import ladders as rules
from alicerce.apps.dunning.rules.ladders import SHIPPED, flaws, key_of
from alicerce.apps.dunning.types import LadderSpec, Rung, StepKind, Terms


def a_ladder(*steps, terms=None):
    rungs = tuple(Rung(key_of(kind, day), day, kind) for day, kind in steps)
    return LadderSpec(terms or Terms(), rungs)


REMIND, WEB, ALL, END = (
    StepKind.REMINDER,
    StepKind.SUSPEND_WEB,
    StepKind.SUSPEND_ALL,
    StepKind.END,
)


class TestFlaws:
    @pytest.mark.parametrize(
        ("ladder", "flaw"),
        [
            (a_ladder(), rules.EMPTY),
            (a_ladder((1, REMIND), (1, StepKind.REMINDER)), rules.TWO_LETTERS_A_DAY),
            (a_ladder((1, REMIND), (5, WEB), (7, WEB)), rules.TWICE),
            (a_ladder((-1, WEB)), rules.TOO_EARLY),
            (a_ladder((0, StepKind.BANNER)), rules.TOO_EARLY),
            (a_ladder((400, REMIND)), rules.OUT_OF_REACH),
            (a_ladder((2, StepKind.INVOICE)), rules.INVOICE_LATE),
            (a_ladder((1, REMIND), (20, END), (25, ALL)), rules.BACKWARDS),
            (a_ladder((1, REMIND), (9, WEB), (5, ALL)), rules.BACKWARDS),
            (a_ladder((0, REMIND), (5, WEB)), rules.NO_NOTICE),
            (a_ladder((5, REMIND), (5, WEB)), rules.NO_NOTICE),
            (a_ladder((1, REMIND), (5, ALL), (10, END)), rules.ENDS_TOO_SOON),
            (a_ladder((1, REMIND), (30, END)), rules.ENDS_UNWARNED),
            (a_ladder((1, REMIND), terms=Terms(opens=18, closes=20)), rules.BAD_HOURS),
            (a_ladder((1, REMIND), terms=Terms(opens=20, closes=8)), rules.BAD_HOURS),
            (a_ladder((1, REMIND), terms=Terms(notice_hours=0)), rules.BAD_NOTICE),
            (a_ladder(*((day, REMIND) for day in range(1, 32))), rules.TOO_LONG),
        ],
    )
    def test_are_told_by_name(self, ladder, flaw):
        assert flaw in flaws(ladder)

    def test_are_all_told_at_once(self):
        ladder = a_ladder((0, StepKind.BANNER), (0, WEB), terms=Terms(opens=9, closes=9))

        assert {rules.BAD_HOURS, rules.TOO_EARLY, rules.NO_NOTICE} <= set(flaws(ladder))

    def test_do_not_find_any_in_what_comes_with_the_program(self):
        assert flaws(SHIPPED) == []

    def test_let_a_ladder_do_no_more_than_write(self):
        assert flaws(a_ladder((-3, REMIND), (1, REMIND))) == []
