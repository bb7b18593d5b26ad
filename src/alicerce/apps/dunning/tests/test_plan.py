"""The plan: what comes next for an invoice, and when."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alicerce.apps.dunning.rules.calendar import instant, within_business, within_hours
from alicerce.apps.dunning.rules.ladders import SHIPPED, flaws, key_of
from alicerce.apps.dunning.rules.plan import next_step, plan
from alicerce.apps.dunning.types import (
    LETTERS,
    ON_SERVICES,
    ONCE,
    Course,
    LadderSpec,
    Mark,
    Outcome,
    Rung,
    StepKind,
    Terms,
)
from alicerce.kernel.business_days import is_business_day, payable_until

ZONE = ZoneInfo("America/Sao_Paulo")
MONDAY = date(2026, 8, 10)


def a_course(due_on=MONDAY, **given):
    opened_at = given.pop("opened_at", instant(due_on - timedelta(days=9), 6, ZONE))
    return Course(due_on, opened_at, given.pop("zone", ZONE), **given)


def days_of(steps, zone=ZONE):
    return [(step.step, step.at.astimezone(zone).date()) for step in steps]


def local(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


class TestShippedLadder:
    def test_is_sound(self):
        assert flaws(SHIPPED) == []

    def test_walks_day_by_day(self):
        course = a_course()

        steps = plan(SHIPPED, course, at=course.opened_at)

        assert days_of(steps) == [
            ("letter-7", date(2026, 8, 3)),
            ("letter-3", date(2026, 8, 7)),
            ("letter0", date(2026, 8, 10)),
            ("overdue", date(2026, 8, 11)),
            ("banner", date(2026, 8, 11)),
            ("letter1", date(2026, 8, 11)),
            ("letter3", date(2026, 8, 13)),
            ("suspend_web", date(2026, 8, 17)),  # the 15th is a Saturday
            ("suspend_all", date(2026, 8, 24)),  # five days later is a Saturday again
            ("letter25", date(2026, 9, 4)),
            ("end", date(2026, 9, 14)),  # twenty days behind the step before
        ]

    @pytest.mark.parametrize(
        ("days", "first"), [(7, "letter-3"), (5, "letter-3"), (9, "letter-7")]
    )
    def test_does_not_send_at_once_what_was_sent_as_it_was_issued(self, days, first):
        course = a_course(opened_at=instant(MONDAY - timedelta(days=days), 6, ZONE))

        assert plan(SHIPPED, course, at=course.opened_at)[0].step == first

    def test_tells_what_is_done_next_and_keeps_its_word(self):
        course = a_course()

        steps = plan(SHIPPED, course, at=course.opened_at)

        for step in (each for each in steps if each.kind in ON_SERVICES):
            told = [each for each in steps if each.announces == step.step]
            assert told
            assert max(each.announced_at for each in told) == step.at

    def test_only_writes_about_an_invoice_without_services(self):
        course = a_course(has_services=False)

        kinds = {step.kind for step in plan(SHIPPED, course, at=course.opened_at)}

        assert kinds == {*LETTERS, StepKind.BANNER, StepKind.OVERDUE}


class TestCalendar:
    def test_knows_holidays_and_the_days_on_which_banks_are_closed(self):
        assert not is_business_day(date(2026, 9, 7))  # independence
        assert not is_business_day(date(2026, 2, 17))  # carnival
        assert not is_business_day(date(2026, 8, 15))  # a Saturday
        assert is_business_day(date(2026, 8, 10))

    def test_lets_a_due_date_on_a_long_weekend_be_paid_after_it(self):
        assert payable_until(date(2026, 9, 5)) == date(2026, 9, 8)

    def test_counts_lateness_from_the_day_it_could_be_paid(self):
        course = a_course(date(2026, 9, 5))

        steps = dict(days_of(plan(SHIPPED, course, at=course.opened_at)))

        assert steps["letter0"] == date(2026, 9, 5)
        assert steps["overdue"] == steps["letter1"] == date(2026, 9, 9)

    def test_waits_for_the_hour_at_which_people_may_be_written_to(self):
        terms, late = Terms(opens=9, closes=18), local(MONDAY, 18)

        assert within_hours(late, terms, ZONE) == local(MONDAY + timedelta(days=1), 9)
        assert within_hours(local(MONDAY, 8, 59), terms, ZONE) == local(MONDAY, 9)
        assert within_hours(local(MONDAY, 17, 59), terms, ZONE) == local(MONDAY, 17, 59)

    def test_touches_services_on_business_days_unless_told_otherwise(self):
        saturday = local(date(2026, 8, 15), 10)

        assert within_business(saturday, Terms(), ZONE) == local(date(2026, 8, 17), 8)
        always = Terms(on_business_days=False)
        assert within_business(saturday, always, ZONE) == saturday

    def test_opens_at_the_local_hour_on_both_sides_of_a_clock_change(self):
        lisbon = ZoneInfo("Europe/Lisbon")

        assert instant(date(2026, 10, 24), 8, lisbon) == datetime(2026, 10, 24, 7, tzinfo=UTC)
        assert instant(date(2026, 10, 26), 8, lisbon) == datetime(2026, 10, 26, 8, tzinfo=UTC)

    def test_begins_the_day_late_where_the_clocks_jump_over_midnight(self):
        """As they did in Brazil until 2019, and do in Santiago."""
        santiago = ZoneInfo("America/Santiago")

        assert instant(date(2026, 9, 6), 0, santiago).astimezone(santiago) == datetime(
            2026, 9, 6, 1, tzinfo=santiago
        )


class TestCatchingUp:
    def test_sends_only_the_letter_reached_last(self):
        course = a_course()

        first, *_ = (
            step
            for step in plan(SHIPPED, course, at=local(date(2026, 8, 12), 10))
            if step.kind in LETTERS
        )

        assert first.step == "letter1"
        assert [rung.key for rung in first.skips] == ["letter-7", "letter-3", "letter0"]

    def test_sends_one_letter_though_the_night_brings_another(self):
        """At 23:00 the first is ahead for the morning, and so is the next: one is sent."""
        course = a_course(marks=(_sent("letter0", 0, local(MONDAY, 8)),))
        ladder = LadderSpec(Terms(), (_letter(1), _letter(2)))

        letters = [
            step
            for step in plan(ladder, course, at=local(date(2026, 8, 11), 23))
            if step.kind in LETTERS
        ]

        assert days_of(letters) == [("letter2", date(2026, 8, 12))]

    def test_suspends_nobody_before_a_letter_has_had_its_time(self):
        course, back = a_course(), local(date(2026, 10, 6), 10)

        steps = [step for step in plan(SHIPPED, course, at=back) if step.kind in ON_SERVICES]

        assert days_of(steps) == [
            ("suspend_web", date(2026, 10, 7)),
            ("suspend_all", date(2026, 10, 13)),  # five days, and a holiday on the 12th
            ("end", date(2026, 11, 3)),  # twenty more, and the dead have the 2nd
        ]

    def test_writes_an_extra_notice_when_no_letter_is_left_to_tell(self):
        """The ladder was edited: its suspension is reached, and nobody was told of it."""
        course = a_course(marks=(_sent("letter3", 3, local(date(2026, 8, 13), 8)),))
        ladder = LadderSpec(Terms(), (_letter(3), Rung("suspend_all", 4, StepKind.SUSPEND_ALL)))
        at = local(date(2026, 8, 18), 10)

        steps = [step for step in plan(ladder, course, at=at) if step.kind != StepKind.OVERDUE]

        assert [(step.kind, step.at) for step in steps] == [
            (StepKind.NOTICE, at),
            (StepKind.SUSPEND_ALL, at + timedelta(hours=24)),
        ]

    def test_never_comes_before_the_day_that_was_told(self):
        """Moved from day 10 to day 4 after a letter had said day 10."""
        told = _sent("letter3", 3, local(date(2026, 8, 13), 8))
        told = Mark(
            told.step,
            told.kind,
            3,
            told.at,
            announces="suspend_all",
            announced_at=local(date(2026, 8, 20), 8),
        )
        ladder = LadderSpec(Terms(), (_letter(3), Rung("suspend_all", 4, StepKind.SUSPEND_ALL)))
        course = a_course(marks=(told,))

        steps = plan(ladder, course, at=local(date(2026, 8, 14), 10))

        assert ("suspend_all", date(2026, 8, 20)) in days_of(steps)


class TestExceptions:
    def test_give_more_days_to_what_comes_after_the_due_date(self):
        course = a_course(extra_days=5)

        steps = dict(days_of(plan(SHIPPED, course, at=course.opened_at)))

        assert steps["letter0"] == MONDAY
        assert steps["letter1"] == date(2026, 8, 16)
        assert steps["suspend_web"] == date(2026, 8, 20)
        assert steps["overdue"] == date(2026, 8, 11)  # late it is all the same

    def test_leave_a_customer_alone_until_a_day(self):
        course = a_course(exempt_until=date(2026, 9, 1))

        steps = plan(SHIPPED, course, at=course.opened_at)
        late = [step for step in steps if step.at > local(date(2026, 8, 12), 0)]

        assert late[0].at == local(date(2026, 9, 2), 8)
        letters = [step for step in late if step.kind in LETTERS]
        assert days_of(letters)[0] == ("letter3", date(2026, 9, 2))
        assert [rung.key for rung in letters[0].skips] == ["letter1"]


def _letter(offset_days):
    return Rung(key_of(StepKind.REMINDER, offset_days), offset_days, StepKind.REMINDER)


def _sent(step, offset_days, at):
    return Mark(step, StepKind.REMINDER, offset_days, at)


@st.composite
def ladders(draw):
    """Any set of steps, sound or not: the plan has to keep its promises all the same."""
    opens = draw(st.integers(0, 18))
    terms = Terms(
        opens=opens,
        closes=draw(st.integers(opens + 4, 24)),
        on_business_days=draw(st.booleans()),
        notice_hours=draw(st.integers(1, 120)),
    )
    letters = [_letter(day) for day in draw(st.sets(st.integers(-20, 60), max_size=8))]
    once = [
        Rung(key_of(kind, day), day, kind)
        for kind in draw(st.sets(st.sampled_from(sorted(ONCE))))
        for day in [draw(st.integers(1, 60))]
    ]
    return LadderSpec(terms, tuple(letters + once))


@st.composite
def courses(draw):
    due_on = draw(st.dates(date(2026, 1, 1), date(2029, 12, 31)))
    zone = ZoneInfo(draw(st.sampled_from(["America/Sao_Paulo", "America/Santiago", "UTC"])))
    return a_course(
        due_on,
        zone=zone,
        opened_at=instant(due_on - timedelta(days=draw(st.integers(0, 30))), 6, zone),
        has_services=draw(st.booleans()),
        extra_days=draw(st.integers(0, 15)),
        exempt_until=draw(st.none() | st.just(due_on + timedelta(days=20))),
    )


moments = st.integers(0, 100 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


class TestEveryPlan:
    @settings(max_examples=60, deadline=None)
    @given(ladders(), courses(), moments)
    def test_goes_forward_and_takes_each_step_once(self, ladder, course, passed):
        at = course.opened_at + passed

        steps = plan(ladder, course, at=at)

        assert all(step.at >= at for step in steps)
        assert [step.at for step in steps] == sorted(step.at for step in steps)
        names = [step.step for step in steps] + [
            rung.key for step in steps for rung in step.skips
        ]
        assert len(names) == len(set(names))

    @settings(max_examples=60, deadline=None)
    @given(ladders(), courses(), moments)
    def test_keeps_its_hours_and_its_word(self, ladder, course, passed):
        steps = plan(ladder, course, at=course.opened_at + passed)

        for place, step in enumerate(steps):
            if step.kind in {*LETTERS, StepKind.NOTICE, *ON_SERVICES}:
                assert within_hours(step.at, ladder.terms, course.zone) == step.at
            if step.kind in ON_SERVICES:
                assert within_business(step.at, ladder.terms, course.zone) == step.at
                told = [each for each in steps[:place] if each.announces == step.step]
                assert told
                assert step.at - min(each.at for each in told) >= ladder.terms.notice
                assert step.at >= max(each.announced_at for each in told)

    @settings(max_examples=60, deadline=None)
    @given(ladders(), courses(), moments, moments)
    def test_is_what_is_done_however_often_one_looks(self, ladder, course, passed, later):
        """Looking between two steps changes nothing: the simulator and the run agree."""
        at = course.opened_at + passed
        steps = plan(ladder, course, at=at)

        done, now = [], at
        for step in steps:
            look = min(now + later, step.at)
            found = next_step(ladder, course, at=look)
            assert found == step
            done.append(found)
            course, now = course.after(found), found.at
        assert next_step(ladder, course, at=now) is None
        assert tuple(done) == steps

    @settings(max_examples=40, deadline=None)
    @given(ladders(), courses(), moments)
    def test_passes_over_letters_only_for_a_later_one(self, ladder, course, passed):
        steps = plan(ladder, course, at=course.opened_at + passed)

        for step in steps:
            assert all(rung.offset_days < step.offset_days for rung in step.skips)
            marks = step.marks(at=step.at)
            assert [mark.outcome for mark in marks[:-1]] == [Outcome.SKIPPED] * len(step.skips)
